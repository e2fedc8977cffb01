// Prints the newest messages of the Inbox.
//
// Usage: cscript //nologo newest.js [profile] [how many, default 10]
//
// One call reads all rows: a GetRows result is a two-dimensional SAFEARRAY, which JScript reads through VBArray.
var PR_CLIENT_SUBMIT_TIME = 0x00390040;
var PR_SENDER_NAME = 0x0c1a001f;
var PR_SUBJECT = 0x0037001f;
var CdoDescending = 2;

var args = WScript.Arguments;
var profile = args.length > 0 ? args(0) : "";
var count = args.length > 1 ? parseInt(args(1), 10) : 10;

var session = new ActiveXObject("MapiHost.Session");
session.Logon(profile, "", false, true);
try {
    var messages = session.Inbox.Messages;
    messages.Sort(CdoDescending, PR_CLIENT_SUBMIT_TIME);
    var rows = new VBArray(messages.GetRows([PR_CLIENT_SUBMIT_TIME, PR_SENDER_NAME, PR_SUBJECT], count));
    for (var i = rows.lbound(1); i <= rows.ubound(1); i++) {
        var sent = rows.getItem(i, 0);
        WScript.Echo((sent ? new Date(sent).toLocaleString() : "-") + "  " + (rows.getItem(i, 1) || "-") + "  " +
                     (rows.getItem(i, 2) || ""));
    }
} finally {
    session.Logoff();
}
