// EarlyBound.cs: the client scenario in C# through MapiHost.Interop.cs, the interop source that users take as it is.
// Nothing is released by hand: a garbage collection in the middle must not disturb anything either.
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using MapiHost;

internal static class EarlyBound
{
    private const int PrSubject = 0x0037001F, PrMessageSize = 0x0E080003;

    private static int Main()
    {
        IMhSession session = null;
        IMhFolder scratch = null;
        Tap.Step("logon", () =>
        {
            session = (IMhSession)new Session();
            session.Logon("demo", "", false, true);
            Tap.Check(session.LoggedOn, "logon to the profile demo");
            Tap.Same(session.CurrentUser.Name, "demo", "CurrentUser");
        });
        Tap.Step("folders", () =>
        {
            var names = new List<string>();
            foreach (IMhFolder folder in ((IMhInfoStore)session.GetInfoStore()).RootFolder.Folders)
                names.Add(folder.Name);
            Tap.Check(names.Contains("Inbox") && names.Contains("Sent Items"), "foreach over the folders");
        });
        Tap.Step("mails", () =>
        {
            IMhMessages messages = ((IMhFolder)session.Inbox).Messages;
            Tap.Same(messages.Count, Tap.Mails, "the inbox holds all imported mails");
            int count = 0;
            foreach (IMhMessage message in messages)
            {
                if (message.Subject != null) count++;
                if (count == 100) GC.Collect();
            }
            Tap.Same(count, Tap.Mails, "foreach reads every mail");
            var rows = (object[,])messages.GetRows(new object[] { PrSubject, PrMessageSize }, 50);
            Tap.Same(rows.GetLength(0), 50, "GetRows gives an array of rows");
            Tap.Check(rows[0, 1] is int size && size > 0, "with the size in the second column");
        });
        Tap.Step("one mail", () =>
        {
            var message = (IMhMessage)((IMhFolder)session.Inbox).Messages.Find(
                "[InternetMessageID] = '<15090.61304.110929.45684@aaa.zzz.org>'");
            Tap.Same(message.Subject, "This is a test message", "Subject");
            Tap.Same(message.Sender.Address, "bbb@ddd.com", "Sender.Address");
            Tap.Same(message.TimeSent.Year, 2001, "TimeSent is a DateTime");
            Tap.Check(message.Text.Length > 0, "Text");
            Tap.Same(message.Fields[PrSubject].Value, "This is a test message", "a field by its tag");
        });
        Tap.Step("compose", () =>
        {
            scratch = ((IMhInfoStore)session.GetInfoStore()).RootFolder.Folders.Add("Scratch early bound");
            var mail = (IMhMessage)scratch.Messages.Add("A subject", "A text");
            mail.Recipients.Add("Somebody", "SMTP:somebody@example.test", 1);
            mail.Fields.Add("Shade", 8, "green");
            mail.Importance = 2;
            mail.Attachments.Add("note.txt", 0, 1, Tap.NewFile("note.txt", "some bytes"));
            mail.Update();
            mail = (IMhMessage)session.GetMessage(mail.ID);
            Tap.Same(mail.Subject, "A subject", "a composed mail is kept");
            Tap.Same(mail.Importance, 2, "its importance");
            Tap.Same(mail.Fields["Shade"].Value, "green", "its named field");
            Tap.Same(mail.Recipients.Count, 1, "its recipient");
            mail.Attachments[1].WriteToFile(Tap.Temp("again.txt"));
            Tap.Same(File.ReadAllText(Tap.Temp("again.txt")), "some bytes", "its attachment");
            IMhFolder below = scratch.Folders.Add("Below");
            mail = (IMhMessage)mail.MoveTo(below.ID);
            Tap.Same($"{scratch.Messages.Count},{below.Messages.Count}", "0,1", "MoveTo moves");
            mail.Delete();
            Tap.Same(below.Messages.Count, 0, "Delete deletes");
        });
        Tap.Step("send", () =>
        {
            var mail = (IMhMessage)((IMhFolder)session.Outbox).Messages.Add("Sent early bound", "Hello");
            mail.Recipients.Add("other");
            mail.Recipients.Resolve(false);
            mail.Send();
            session.DeliverNow();
            var second = (IMhSession)new Session();
            second.Logon("other", "", false, true);
            IMhMessage got = null;
            for (int tries = 0; tries < 40 && got == null; tries++)
            {
                got = (IMhMessage)((IMhFolder)second.Inbox).Messages.Find("[Subject] = 'Sent early bound'");
                if (got == null) Thread.Sleep(250);
            }
            Tap.Check(got != null, "the mail arrives in the other mailbox");
            got.Delete();
            second.Logoff();
        });
        Tap.Step("errors", () =>
        {
            Tap.Raises(0x8004010F, "", "a folder that is not there: MAPI_E_NOT_FOUND",
                       () => _ = ((IMhFolder)session.Inbox).Folders["No such folder"], false);
        });
        Tap.Step("end", () =>
        {
            scratch.Delete();
            var inbox = (IMhFolder)session.Inbox;
            session.Logoff();
            Tap.Check(!session.LoggedOn, "Logoff");
            Tap.Raises(0, "", "an object of an ended session: an error", () => _ = inbox.Name, false);
        });
        return Tap.Finish();
    }
}
