' Lists the mailboxes of the server that hold more than a number of megabytes, largest first is up to the caller.
'
' Usage: cscript //nologo mailboxes-over-quota.vbs profile megabytes
'
' The figures come from the server's mailbox table: no mailbox is opened, so this is quick for thousands.
Option Explicit

Dim session, mailbox, limit, over
If WScript.Arguments.Count < 2 Then
    WScript.Echo "usage: mailboxes-over-quota.vbs profile megabytes"
    WScript.Quit 2
End If
limit = CDbl(WScript.Arguments(1)) * 1048576

Set session = CreateObject("MapiHost.Session")
session.Logon WScript.Arguments(0), "", False, True
over = 0
For Each mailbox In session.Mailboxes
    If CDbl(mailbox.Size) > limit Then
        WScript.Echo Right(Space(12) & FormatNumber(mailbox.Size / 1048576, 1), 12) & " MB  " & mailbox.Name
        over = over + 1
    End If
Next
WScript.Echo over & " of " & session.Mailboxes.Count & " mailboxes hold more than " & WScript.Arguments(1) & " MB"
session.Logoff
