// LateBound.cs: the client scenario in C# without any interop file: Type.InvokeMember, as `dynamic` does it on newer .NET.
// Nothing is released by hand.
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Threading;

internal static class LateBound
{
    private const int PrSubject = 0x0037001F, PrMessageSize = 0x0E080003;

    private static object Get(object target, string path, params object[] arguments)
    {
        var names = path.Split('.');
        for (int i = 0; i < names.Length; i++)
            target = target.GetType().InvokeMember(names[i], BindingFlags.GetProperty | BindingFlags.InvokeMethod, null, target,
                                                   i == names.Length - 1 ? arguments : new object[0]);
        return target;
    }

    private static void Set(object target, string name, params object[] arguments) =>
        target.GetType().InvokeMember(name, BindingFlags.SetProperty, null, target, arguments);

    private static int Main()
    {
        object session = null, scratch = null;
        Tap.Step("logon", () =>
        {
            session = Activator.CreateInstance(Type.GetTypeFromProgID("MapiHost.Session"));
            Get(session, "Logon", "demo", "", false, true);
            Tap.Same(Get(session, "LoggedOn"), true, "logon to the profile demo");
            Tap.Same(Get(session, "CurrentUser.Name"), "demo", "CurrentUser");
        });
        Tap.Step("folders", () =>
        {
            var names = new List<string>();
            foreach (object folder in (IEnumerable)Get(Get(session, "GetInfoStore"), "RootFolder.Folders"))
                names.Add((string)Get(folder, "Name"));
            Tap.Check(names.Contains("Inbox") && names.Contains("Sent Items"), "foreach over the folders");
        });
        Tap.Step("mails", () =>
        {
            object messages = Get(session, "Inbox.Messages");
            Tap.Same(Get(messages, "Count"), Tap.Mails, "the inbox holds all imported mails");
            int count = 0;
            foreach (object message in (IEnumerable)messages)
                if (Get(message, "Subject") is string) count++;
            Tap.Same(count, Tap.Mails, "foreach reads every mail");
            var rows = (object[,])Get(messages, "GetRows", new object[] { PrSubject, PrMessageSize }, 50);
            Tap.Same(rows.GetLength(0), 50, "GetRows gives an array of rows");
            Tap.Check(rows[0, 1] is int size && size > 0, "with the size in the second column");
        });
        Tap.Step("one mail", () =>
        {
            object message = Get(session, "Inbox.Messages.Find", "[InternetMessageID] = '<15090.61304.110929.45684@aaa.zzz.org>'");
            Tap.Same(Get(message, "Subject"), "This is a test message", "Subject");
            Tap.Same(Get(message, "Sender.Address"), "bbb@ddd.com", "Sender.Address");
            Tap.Same(((DateTime)Get(message, "TimeSent")).Year, 2001, "TimeSent is a DateTime");
            Tap.Check(((string)Get(message, "Text")).Length > 0, "Text");
            Tap.Same(Get(Get(Get(message, "Fields"), "Item", PrSubject), "Value"), "This is a test message", "a field by its tag");
        });
        Tap.Step("compose", () =>
        {
            scratch = Get(Get(session, "GetInfoStore"), "RootFolder.Folders.Add", "Scratch late bound");
            object mail = Get(scratch, "Messages.Add", "A subject", "A text");
            Get(mail, "Recipients.Add", "Somebody", "SMTP:somebody@example.test", 1);
            Get(mail, "Fields.Add", "Shade", 8, "green");
            Set(mail, "Importance", 2);
            Get(mail, "Attachments.Add", "note.txt", 0, 1, Tap.NewFile("note.txt", "some bytes"));
            Get(mail, "Update");
            mail = Get(session, "GetMessage", Get(mail, "ID"));
            Tap.Same(Get(mail, "Subject"), "A subject", "a composed mail is kept");
            Tap.Same(Get(mail, "Importance"), 2, "its importance");
            Tap.Same(Get(Get(Get(mail, "Fields"), "Item", "Shade"), "Value"), "green", "its named field");
            Tap.Same(Get(mail, "Recipients.Count"), 1, "its recipient");
            Get(Get(mail, "Attachments.Item", 1), "WriteToFile", Tap.Temp("again.txt"));
            Tap.Same(File.ReadAllText(Tap.Temp("again.txt")), "some bytes", "its attachment");
            object below = Get(scratch, "Folders.Add", "Below");
            mail = Get(mail, "MoveTo", Get(below, "ID"));
            Tap.Same($"{Get(scratch, "Messages.Count")},{Get(below, "Messages.Count")}", "0,1", "MoveTo moves");
            Get(mail, "Delete");
            Tap.Same(Get(below, "Messages.Count"), 0, "Delete deletes");
        });
        Tap.Step("send", () =>
        {
            object mail = Get(session, "Outbox.Messages.Add", "Sent late bound", "Hello");
            Get(mail, "Recipients.Add", "other");
            Get(mail, "Recipients.Resolve", false);
            Get(mail, "Send");
            Get(session, "DeliverNow");
            object second = Activator.CreateInstance(Type.GetTypeFromProgID("MapiHost.Session")), got = null;
            Get(second, "Logon", "other", "", false, true);
            for (int tries = 0; tries < 40 && got == null; tries++)
            {
                got = Get(second, "Inbox.Messages.Find", "[Subject] = 'Sent late bound'");
                if (got == null) Thread.Sleep(250);
            }
            Tap.Check(got != null, "the mail arrives in the other mailbox");
            Get(got, "Delete");
            Get(second, "Logoff");
        });
        Tap.Step("errors", () =>
        {
            Tap.Raises(0x8004010F, "Folders", "a folder that is not there: MAPI_E_NOT_FOUND with its text",
                       () => Get(Get(session, "Inbox.Folders"), "Item", "No such folder"));
            Tap.Raises(0, "GetMessage", "an impossible id: a MAPI error that names the member", () => Get(session, "GetMessage", "00"));
        });
        Tap.Step("end", () =>
        {
            Get(scratch, "Delete");
            object inbox = Get(session, "Inbox");
            Get(session, "Logoff");
            Tap.Same(Get(session, "LoggedOn"), false, "Logoff");
            Tap.Raises(0, "Folder", "an object of an ended session: a MAPI error", () => Get(inbox, "Name"));
        });
        return Tap.Finish();
    }
}
