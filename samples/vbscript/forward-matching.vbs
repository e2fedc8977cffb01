' Forwards the unread mail of the Inbox whose subject holds a text, and marks it read.
'
' Usage: cscript //nologo forward-matching.vbs profile "invoice" accounting@example.test
Option Explicit

Const CdoTo = 1

Dim session, found, message, forwarded, count
If WScript.Arguments.Count < 3 Then
    WScript.Echo "usage: forward-matching.vbs profile text address"
    WScript.Quit 2
End If

Set session = CreateObject("MapiHost.Session")
session.Logon WScript.Arguments(0), "", False, True

Set found = session.Inbox.Messages.Restrict("[Subject] LIKE '%" & _
    Replace(WScript.Arguments(1), "'", "''") & "%' AND [Unread]")
count = 0
For Each message In found
    Set forwarded = message.Forward()
    forwarded.Recipients.Add "", "SMTP:" & WScript.Arguments(2), CdoTo
    forwarded.Send True, False
    message.Unread = False
    message.Update
    count = count + 1
Next
WScript.Echo count & " messages forwarded"
session.Logoff
