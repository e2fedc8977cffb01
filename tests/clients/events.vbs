' Events in a script, which Subscription brings: Wait and Drain.
'
' Run by tools/run-suite against the server of each bitness, from 64- and 32-bit cscript. Prints TAP.
Option Explicit

Dim session, subscription, message, rows, found, i
WaitForEvents
Finish

Sub WaitForEvents
    On Error Resume Next
    Set session = LoggedOn("demo")
    Set subscription = session.Subscribe(session.Outbox, "ObjectCreated")
    Set message = session.Outbox.Messages.Add("an event")
    message.Update
    rows = subscription.Wait(20000)
    found = False
    For i = LBound(rows, 1) To UBound(rows, 1)
        If rows(i, 0) = "ObjectCreated" And rows(i, 2) = message.ID Then found = True
    Next
    Check found, "Wait answers the message that was made"
    rows = subscription.Drain()
    Same subscription.Count, 0, "Drain empties the queue"
    subscription.Close
    session.Logoff
    Check True, "the subscription and the session end"
End Sub
