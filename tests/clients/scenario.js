// The client scenario in JScript: as scenario.vbs, in shorter form, with what is particular to JScript (Enumerator, VBArray, exceptions).
//
// Run by tools/run-suite against the server of each bitness, from 64- and 32-bit cscript. Prints TAP.
var PR_SUBJECT = 0x0037001f, PR_MESSAGE_SIZE = 0x0e080003, PR_MESSAGE_DELIVERY_TIME = 0x0e060040;
var CdoDescending = 2, CdoTo = 1, CdoFileData = 1, vbString = 8, vbLong = 3;
var CdoE_NOT_FOUND = 0x8004010f;

var shell = new ActiveXObject("WScript.Shell");
var mails = parseInt(shell.ExpandEnvironmentStrings("%MAPIHOST_TEST_MAILS%"), 10);
var temp = shell.ExpandEnvironmentStrings("%MAPIHOST_TEST_TEMP%").replace(/\0/g, ""); // Wine leaves the terminator in
var cases = 0, failures = 0;
var session, scratch;

function check(holds, what) {
    cases++;
    if (!holds) failures++;
    WScript.Echo((holds ? "ok - " : "not ok - ") + what);
}

function same(actual, expected, what) {
    check(actual === expected, what);
    if (actual !== expected) WScript.Echo("# got [" + actual + "], expected [" + expected + "]");
}

// Runs a step; an exception fails it.
function step(name, work) {
    try {
        work();
    } catch (error) {
        check(false, name + ": " + hex(error.number) + " " + error.message);
    }
}

function hex(number) { return "0x" + ((number >>> 0).toString(16).toUpperCase()); }

// The work must throw a MAPI error whose text holds the part; code 0 takes any.
function raises(code, part, what, work) {
    try {
        work();
        check(false, what + " (nothing was thrown)");
    } catch (error) {
        var right = (code === 0 || (error.number >>> 0) === code) && error.message.indexOf("MAPI_E_") >= 0 &&
                    error.message.indexOf(part) >= 0;
        check(right, what);
        if (!right) WScript.Echo("# got " + hex(error.number) + ": " + error.message);
    }
}

function each(collection, work) {
    var count = 0;
    for (var all = new Enumerator(collection); !all.atEnd(); all.moveNext()) {
        work(all.item());
        count++;
    }
    return count;
}

step("logon", function () {
    session = new ActiveXObject("MapiHost.Session");
    session.Logon("demo", "", false, true);
    same(session.LoggedOn, true, "logon to the profile demo without a dialog");
    same(session.CurrentUser.Name, "demo", "CurrentUser is the mailbox's owner");
});

step("folders", function () {
    var names = "|";
    var folders = session.GetInfoStore().RootFolder.Folders;
    var count = each(folders, function (folder) { names += folder.Name + "|"; });
    same(count, folders.Count, "an Enumerator over folders gives all of them");
    check(names.indexOf("|Inbox|") >= 0 && names.indexOf("|Sent Items|") >= 0, "the default folders are among them");
    same(folders("Inbox").Name, "Inbox", "Folders by name");
});

step("mails", function () {
    var messages = session.Inbox.Messages;
    same(messages.Count, mails, "the inbox holds all imported mails");
    var subjects = 0;
    same(each(messages, function (message) { subjects += message.Subject.length; }), mails, "an Enumerator reads every mail");
    check(subjects > mails, "with their subjects");
    messages.Sort(CdoDescending, PR_MESSAGE_DELIVERY_TIME);
    check(messages.GetFirst().TimeReceived >= messages.GetLast().TimeReceived, "Sort puts the newest first");
});

step("one mail", function () {
    var message = session.Inbox.Messages.Find("[InternetMessageID] = '<15090.61304.110929.45684@aaa.zzz.org>'");
    check(message !== null, "a mail is found by its message id");
    same(message.Subject, "This is a test message", "Subject");
    same(message.Sender.Address, "bbb@ddd.com", "Sender.Address");
    same(new Date(message.TimeSent).getFullYear(), 2001, "TimeSent is a date");
    check(message.Text.length > 0, "Text");
    same(session.GetMessage(message.ID).Subject, message.Subject, "GetMessage by id");
    same(session.Inbox.Messages.Find("[Subject] = 'no mail has this subject'"), null, "Find gives null when there is none");
});

step("rows", function () {
    var rows = new VBArray(session.Inbox.Messages.GetRows([PR_SUBJECT, PR_MESSAGE_SIZE], 50));
    same(rows.ubound(1) + 1, 50, "GetRows takes a JScript array of columns and gives as many rows as asked for");
    same(typeof rows.getItem(0, 1), "number", "a row has the size");
});

step("compose", function () {
    scratch = session.GetInfoStore().RootFolder.Folders.Add("Scratch JScript");
    var mail = scratch.Messages.Add("Gr\u00fc\u00dfe \u65e5\u672c", "A text");
    mail.Recipients.Add("Somebody", "SMTP:somebody@example.test", CdoTo);
    mail.Fields.Add("Shade", vbString, "green");
    mail.Fields.Add("Number", vbLong, 42);
    mail.Categories = ["a", "b"];
    mail.Fields.Add("List", vbString + 0x2000, ["x", "y", "z"]);
    var files = new ActiveXObject("Scripting.FileSystemObject");
    var file = files.CreateTextFile(temp + "\\note.txt", true);
    file.Write("some bytes");
    file.Close();
    mail.Attachments.Add("note.txt", 0, CdoFileData, temp + "\\note.txt");
    mail.Update();
    mail = session.GetMessage(mail.ID);
    same(mail.Attachments.Count, 1, "an attachment is kept");
    mail.Attachments.Item(1).WriteToFile(temp + "\\note-again.txt");
    file = files.OpenTextFile(temp + "\\note-again.txt");
    same(file.ReadAll(), "some bytes", "with its bytes");
    file.Close();
    same(String(new VBArray(mail.Categories).toArray()), "a,b", "Categories takes a JScript array");
    same(String(new VBArray(mail.Fields("List").Value).toArray()), "x,y,z", "a field of many values too");
    same(mail.Subject, "Gr\u00fc\u00dfe \u65e5\u672c", "a subject in any script is kept");
    same(mail.Recipients.Count, 1, "a recipient is kept");
    same(mail.Fields("Shade").Value, "green", "a named field is kept");
    same(mail.Fields("Number").Value, 42, "a number too");
    mail.HTMLBody = "<p>one &amp; two</p>";
    check(mail.Text.indexOf("one & two") >= 0, "setting HTMLBody gives a new Text");
    mail.SaveAs(temp + "\\saved.eml");
    check(files.FileExists(temp + "\\saved.eml"), "SaveAs writes an .eml");
    var below = scratch.Folders.Add("Below");
    mail.Update();
    mail = mail.MoveTo(below.ID);
    same(scratch.Messages.Count + "," + below.Messages.Count, "0,1", "MoveTo moves");
    mail.Delete();
    same(below.Messages.Count, 0, "Delete deletes there");
    same(scratch.Messages.Count, 0, "Delete deletes");
});

step("send", function () {
    var mail = session.Outbox.Messages.Add("Sent by JScript", "Hello");
    mail.Recipients.Add("other");
    mail.Recipients.Resolve(false);
    mail.Send();
    session.DeliverNow();
    var second = new ActiveXObject("MapiHost.Session");
    second.Logon("other", "", false, true);
    var got = null;
    for (var tries = 0; tries < 40 && got === null; tries++) {
        got = second.Inbox.Messages.Find("[Subject] = 'Sent by JScript'");
        if (got === null) WScript.Sleep(250);
    }
    check(got !== null, "the mail arrives in the other mailbox");
    same(got.Reply().Subject, "RE: Sent by JScript", "Reply");
    got.Delete();
    second.Logoff();
});

step("errors", function () {
    raises(CdoE_NOT_FOUND, "Folders", "a folder that is not there: MAPI_E_NOT_FOUND", function () {
        session.Inbox.Folders("No such folder").Name;
    });
    raises(0, "GetMessage", "an impossible id: a MAPI error that names the member", function () { session.GetMessage("00"); });
    raises(0, "Session.Inbox", "a session that is not logged on: a MAPI error", function () {
        new ActiveXObject("MapiHost.Session").Inbox.Name;
    });
    raises(0, "Find", "a wrong where clause: a MAPI error", function () { session.Inbox.Messages.Find("[Subject] ="); });
});

step("end", function () {
    scratch.Delete();
    var inbox = session.Inbox;
    session.Logoff();
    same(session.LoggedOn, false, "Logoff");
    raises(0, "Folder", "an object of an ended session: a MAPI error", function () { inbox.Name; });
});

WScript.Echo("1.." + cases);
WScript.Quit(failures);
