' events.vbs: events in a script, which Subscription brings: Wait and Drain.
Option Explicit
Dim session, subscription, message, rows, found, i
WScript.Echo "1..2"
Set session = CreateObject("MapiHost.Session")
session.Logon "demo", "", False, True
Set subscription = session.Subscribe(session.Outbox, "ObjectCreated")
Set message = session.Outbox.Messages.Add("an event")
message.Update
rows = subscription.Wait(20000)
found = False
For i = LBound(rows, 1) To UBound(rows, 1)
    If rows(i, 0) = "ObjectCreated" And rows(i, 2) = message.ID Then found = True
Next
If found Then WScript.Echo "ok - Wait answers the message that was made" Else WScript.Echo "not ok - Wait answers the message that was made"
rows = subscription.Drain()
If subscription.Count = 0 Then WScript.Echo "ok - Drain empties the queue" Else WScript.Echo "not ok - Drain empties the queue"
subscription.Close
session.Logoff
