// Lists the newest messages of the Inbox, early bound.
//
// Usage: ListInbox [profile] [how many]
//
// Nothing is released by hand here, and nothing needs to be: Logoff closes what the session gave out, and when a program ends
// without it, the server notices.
using System;
using System.Runtime.InteropServices;
using MapiHost;

internal static class ListInbox
{
    private static int Main(string[] args)
    {
        var session = (IMhSession)new Session();
        try
        {
            session.Logon(args.Length > 0 ? args[0] : "", "", false, true);
            var messages = (IMhMessages)session.Inbox.Messages;
            messages.Sort(CdoSortOrder.CdoDescending, CdoPropTags.CdoPR_MESSAGE_DELIVERY_TIME);

            // One call for all rows: row by row, column by column.
            var columns = new object[]
            {
                (int)CdoPropTags.CdoPR_MESSAGE_DELIVERY_TIME, (int)CdoPropTags.CdoPR_SENDER_NAME, (int)CdoPropTags.CdoPR_SUBJECT
            };
            var rows = (object[,])messages.GetRows(columns, args.Length > 1 ? int.Parse(args[1]) : 10);
            for (int i = 0; i < rows.GetLength(0); i++)
                Console.WriteLine($"{rows[i, 0]:yyyy-MM-dd HH:mm}  {rows[i, 1]}: {rows[i, 2]}");
            session.Logoff();
            return 0;
        }
        catch (COMException e)
        {
            Console.Error.WriteLine($"{e.Source}: {e.Message} (0x{e.HResult:X8})");
            return 1;
        }
    }
}
