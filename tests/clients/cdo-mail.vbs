' Sending, answering and forwarding, used as programs for CDO 1.21 use them.
'
' Run by tools/run-suite against the server of each bitness, from 64- and 32-bit cscript. Prints TAP.
Option Explicit

Const CdoTo = 1
Const CdoCc = 2
Const CdoHigh = 2
Const CdoFileData = 1
Const CdoE_NO_RECIPIENTS = &H80040607
Const CdoE_NOT_FOUND = &H8004010F
Const CdoE_OBJECT_DELETED = &H8004010A
Const CdoPR_CONVERSATION_INDEX = &H00710102

Dim temp, objSession, objOther
temp = TempFolder()

LogOn
LooseArguments
SendMessage
AnswerIt
ForwardIt
MeetErrors
EndIt
Finish

' ---- steps -------------------------------------------------------------------------------------------------
Sub LogOn
    On Error Resume Next
    Set objSession = LoggedOn("demo")
    Check True, "demo logs on"
    Set objOther = LoggedOn("other")
    Check True, "other logs on"
    Clear objOther.Inbox
    Err.Clear
End Sub

Sub Clear(objFolder)
    On Error Resume Next
    Do While objFolder.Messages.Count > 0
        objFolder.Messages(1).Delete
        If Err.Number <> 0 Then Exit Do
    Loop
End Sub

' What programs leave out, set to Null or never set at all.
Sub LooseArguments
    Dim objLoose, objStore, objMessage, objFilter, varUnset
    On Error Resume Next
    Set objLoose = CreateObject("MapiHost.Session")
    objLoose.Logon "demo", Null, Null, True, Null, Null, Null
    Check True, "Null arguments of Logon are left out"
    Set objStore = objLoose.GetInfoStore(Null)
    Same objStore.Name, "Mailbox - demo", "a mailbox's store is named as Exchange names it"
    Same objLoose.GetFolder("").ID, objStore.RootFolder.FolderID, "GetFolder("""") is the root above the IPM root folder"
    Same objLoose.GetFolder(objLoose.Inbox.ID, Null).Name, "Inbox", "GetFolder with Null for the store"
    Set objMessage = objLoose.Outbox.Messages.Add
    objMessage.Fields.Item(&H000F0040) = #10/23/2030 10:00:00 AM#
    Same objMessage.Fields(&H000F0040).Value, #10/23/2030 10:00:00 AM#, "Fields.Item(tag) = value adds the property"
    objMessage.Fields(&H00150040) = #10/24/2030 10:00:00 AM#
    Same objMessage.TimeExpired, #10/24/2030 10:00:00 AM#, "and Fields(tag) = value"
    objMessage.Fields.Item("no such name") = 1
    Raised CdoE_NOT_FOUND, "but no named one"
    objMessage.Fields.Add &H7C080102, varUnset
    Same objMessage.Fields(&H7C080102).Value, "", "Fields.Add with a variable that was never set makes an empty field"
    Set objFilter = objLoose.Inbox.Messages.Filter
    objFilter.Fields(&H0037001F) = "x"
    Same objFilter.Fields.Count, 1, "a filter's field is set in the same way"
    objLoose.Logoff
    Check True, "the loose session logs off"
End Sub

' The message of a subject that arrives in a folder, Nothing if none does.
Function Arrived(objFolder, strSubject)
    Dim objMessages, i
    On Error Resume Next
    Set Arrived = Nothing
    For i = 1 To 50 ' delivery is at once here, and takes its time elsewhere
        Set objMessages = objFolder.Messages
        objMessages.Filter.Subject = strSubject
        Set Arrived = objMessages.GetFirst
        Do While Not Arrived Is Nothing
            If Arrived.Subject = strSubject Then Exit Function
            Set Arrived = objMessages.GetNext
        Loop
        WScript.Sleep 100
    Next
End Function

' As the CDO reference's sample does it.
Sub SendMessage
    Dim fso, file, objMessage, objOneRecip, strSubject, sent
    On Error Resume Next
    Set fso = CreateObject("Scripting.FileSystemObject")
    Set file = fso.CreateTextFile(temp & "\chart.txt", True)
    file.Write "a chart"
    file.Close
    sent = objSession.GetDefaultFolder(3).Messages.Count
    Set objMessage = objSession.Outbox.Messages.Add
    objMessage.Subject = "Sample Message"
    objMessage.Text = "This is some sample message text."
    objMessage.Importance = CdoHigh
    objMessage.Attachments.Add "chart.txt", 0, CdoFileData, temp & "\chart.txt"
    Set objOneRecip = objMessage.Recipients.Add
    objOneRecip.Name = "other"
    objOneRecip.Type = CdoTo
    objOneRecip.Resolve
    objMessage.Recipients.Add "Jim Doe", "SMTP:jim@example.com", CdoCc
    objMessage.Update
    objMessage.Send True, False
    Check True, "a message is sent"
    strSubject = objMessage.Subject
    Raised CdoE_OBJECT_DELETED, "and is not to be used any more"
    Set objMessage = Arrived(objOther.Inbox, "Sample Message")
    Check Not objMessage Is Nothing, "it arrives"
    Same objMessage.Text, "This is some sample message text.", "with its text"
    Same objMessage.Importance, CdoHigh, "its importance"
    Same objMessage.Sender.Name, "demo", "its sender"
    Check objMessage.Unread, "unread"
    Check objMessage.Sent, "as sent"
    Same objMessage.Attachments.Count, 1, "with its attachment"
    Same objMessage.Recipients.Count, 2, "and its recipients"
    Same objMessage.Recipients(2).Address, "SMTP:jim@example.com", "whose addresses are there"
    Same objSession.GetDefaultFolder(3).Messages.Count, sent + 1, "a copy is in Sent Items"
End Sub

Sub AnswerIt
    Dim objMessage, objReply, strIndex
    On Error Resume Next
    Set objMessage = Arrived(objOther.Inbox, "Sample Message")
    Set objReply = objMessage.Reply
    Same objReply.Subject, "RE: Sample Message", "a reply has the subject with RE:"
    Same objReply.Recipients.Count, 1, "goes to one"
    Same objReply.Recipients(1).Name, "demo", "who is the sender"
    Check objReply.Recipients.Resolved, "and is resolved"
    Check InStr(objReply.Text, "This is some sample message text.") > 0, "quotes the original"
    Check InStr(objReply.Text, "-----Original Message-----") > 0, "below a line"
    Check InStr(objReply.Text, "From: demo") > 0, "and its sender"
    Same objReply.ConversationTopic, "Sample Message", "is of the same conversation"
    strIndex = objMessage.ConversationIndex
    Same Left(objReply.ConversationIndex, Len(strIndex)), strIndex, "whose index goes on"
    Same Len(objReply.ConversationIndex), Len(strIndex) + 10, "by one block"
    Same objReply.Attachments.Count, 0, "has no attachments"
    objReply.Text = "Thank you." & objReply.Text
    objReply.Send
    Check True, "and is sent"
    Set objReply = Arrived(objSession.Inbox, "RE: Sample Message")
    Check InStr(objReply.Text, "Thank you.") = 1, "the reply arrives"
    Set objMessage = objReply.Reply
    Same objMessage.Subject, "RE: Sample Message", "a reply to a reply has one RE:"
    objReply.Delete
    Err.Clear
    Set objMessage = Arrived(objOther.Inbox, "Sample Message")
    Set objReply = objMessage.ReplyAll
    Same objReply.Recipients.Count, 2, "a reply to all goes to the others, too, but not to oneself"
    Same objReply.Recipients(1).Name & objReply.Recipients(1).Type, "demo1", "the sender first"
    Same objReply.Recipients(2).Name & objReply.Recipients(2).Type, "Jim Doe2", "then the others, on their lines"
End Sub

Sub ForwardIt
    Dim objMessage, objForward
    On Error Resume Next
    Set objMessage = Arrived(objOther.Inbox, "Sample Message")
    Set objForward = objMessage.Forward
    Same objForward.Subject, "FW: Sample Message", "a forwarded message has the subject with FW:"
    Same objForward.Recipients.Count, 0, "goes to nobody yet"
    Same objForward.Attachments.Count, 1, "has the attachment"
    Same objForward.Attachments(1).Size, 7, "with its content"
    Same objForward.Importance, CdoHigh, "keeps the importance"
    Check InStr(objForward.Text, "This is some sample message text.") > 0, "and quotes the original"
    objForward.Recipients.Add "demo"
    objForward.Send
    Check True, "it is sent, and its recipient resolved on the way"
    Set objForward = Arrived(objSession.Inbox, "FW: Sample Message")
    Same objForward.Attachments(1).Name, "chart.txt", "it arrives with the attachment"
    objForward.Delete
    Err.Clear
End Sub

Sub MeetErrors
    Dim objMessage
    On Error Resume Next
    Set objMessage = objSession.Outbox.Messages.Add("To nobody", "x")
    objMessage.Send
    Raised CdoE_NO_RECIPIENTS, "a message without recipients is not sent"
    objMessage.Recipients.Add "nobody of this name"
    objMessage.Send
    Raised CdoE_NOT_FOUND, "nor one to an unknown name"
    objMessage.Options
    Refused "Options without a window is refused"
    objMessage.Recipients.Delete
    objMessage.Recipients.Add "other"
    objMessage.Send
    Check True, "after that it can be sent"
    Check Not Arrived(objOther.Inbox, "To nobody") Is Nothing, "and arrives"
    Clear objOther.Inbox
    Err.Clear
End Sub

Sub EndIt
    On Error Resume Next
    objOther.Logoff
    objSession.Logoff
    Check True, "both log off"
End Sub
