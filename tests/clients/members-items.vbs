' Every member that Message, AppointmentItem and MeetingItem share, on one of each; and what appointments and meetings have of
' their own that cdo-calendar.vbs does not use.
'
' Run by tools/run-suite against the server of each bitness, from 64- and 32-bit cscript. Prints TAP.
Option Explicit

Const CdoMsg = 3
Const CdoAppointment = 26
Const CdoMeetingItem = 27
Const CdoTo = 1
Const CdoCc = 2
Const CdoDefaultFolderCalendar = 0
Const CdoDefaultFolderDeletedItems = 4
Const CdoMeeting = 1
Const CdoMeetingCanceled = 5
Const PR_OWNER_APPT_ID = &H00620003
Const CdoResponseTentative = 2
Const CdoResponseAccepted = 3
Const CdoRecurTypeMonthlyNth = 3
Const CdoRecurTypeYearly = 5
Const CdoE_NOT_FOUND = &H8004010F
Const PR_SUBJECT = &H0037001F
Const PR_BODY = &H1000001F
Const PR_IMPORTANCE = &H00170003

Dim temp, objSession, objOther, objScratch, objCopies, objCalendar
temp = TempFolder()

LogOn
UseMessage
UseAppointment
UseMeeting
CancelMeeting
RecurYearly
EndIt
Finish

' ---- steps -------------------------------------------------------------------------------------------------
Sub LogOn
    On Error Resume Next
    Set objSession = LoggedOn("demo")
    Set objOther = LoggedOn("other")
    Set objScratch = objSession.GetInfoStore.RootFolder.Folders.Add("members-items")
    Set objCopies = objScratch.Folders.Add("copies")
    Set objCalendar = objSession.GetDefaultFolder(CdoDefaultFolderCalendar)
    Check Not objCalendar Is Nothing, "two sessions log on"
End Sub

Sub UseMessage
    Dim objItem
    On Error Resume Next
    Set objItem = objScratch.Messages.Add("A subject", "A text")
    objItem.Update
    UseItem objItem, "Message", CdoMsg
    UseText objItem, "Message", CdoMsg
    objItem.Delete
    Check True, "Message.Delete"
End Sub

Sub UseAppointment
    Dim objItem, strID
    On Error Resume Next
    Set objItem = objCalendar.Messages.Add("A subject", "A text")
    objItem.StartTime = #7/1/2024 10:00:00 AM#
    objItem.EndTime = #7/1/2024 11:00:00 AM#
    objItem.Update
    strID = objItem.ID
    UseItem objItem, "AppointmentItem", CdoAppointment
    UseText objItem, "AppointmentItem", CdoAppointment
    objItem.MeetingResponseStatus = CdoResponseTentative
    Same objItem.MeetingResponseStatus, CdoResponseTentative, "AppointmentItem.MeetingResponseStatus is kept"
    objItem.ReplyTime = #6/30/2024 8:00:00 AM#
    Same objItem.ReplyTime, #6/30/2024 8:00:00 AM#, "AppointmentItem.ReplyTime is kept"
    objItem.ResponseRequested = True
    Check objItem.ResponseRequested, "AppointmentItem.ResponseRequested is kept"
    objItem.Delete
    Check True, "AppointmentItem.Delete"
End Sub

' other calls a meeting, demo gets the request.
Sub UseMeeting
    Dim objMeeting, objRequest, objOwn, objAnswer
    On Error Resume Next
    Set objMeeting = objOther.GetDefaultFolder(CdoDefaultFolderCalendar).Messages.Add("A subject", "A text")
    objMeeting.StartTime = #7/2/2024 10:00:00 AM#
    objMeeting.EndTime = #7/2/2024 11:00:00 AM#
    objMeeting.MeetingStatus = CdoMeeting
    objMeeting.Recipients.Add "demo", "SMTP:demo@example.test", CdoTo
    objMeeting.Send
    Set objRequest = Arrived(objSession, "IPM.Schedule.Meeting.Request")
    Same objRequest.Class, CdoMeetingItem, "a meeting request arrives"
    Set objOwn = objRequest.GetAssociatedAppointment
    Set objAnswer = objOwn.Respond(CdoResponseAccepted)
    Same objAnswer.Type, "IPM.Schedule.Meeting.Resp.Pos", "AppointmentItem.Respond answers the request of the appointment"
    Set objAnswer = Nothing
    Set objOwn = Nothing
    UseSend objRequest
    UseItem objRequest, "MeetingItem", CdoMeetingItem
    UseText objRequest, "MeetingItem", CdoMeetingItem
    objRequest.Delete
    Check True, "MeetingItem.Delete"
    EmptyFolder objCalendar
End Sub

' The organizer cancels: who was invited gets the cancellation.
Sub CancelMeeting
    Dim objMeeting, objNotice, objOwn
    On Error Resume Next
    Set objMeeting = objOther.GetDefaultFolder(CdoDefaultFolderCalendar).Messages.Add("Called off", "")
    objMeeting.StartTime = #7/3/2024 10:00:00 AM#
    objMeeting.EndTime = #7/3/2024 11:00:00 AM#
    objMeeting.MeetingStatus = CdoMeeting
    objMeeting.Recipients.Add "demo", "SMTP:demo@example.test", CdoTo
    objMeeting.Send
    Set objNotice = Arrived(objSession, "IPM.Schedule.Meeting.Request")
    Check objNotice.Fields(PR_OWNER_APPT_ID).Value <> 0, "a request has the number of the organizer's appointment"
    Set objOwn = objNotice.GetAssociatedAppointment
    Same objOwn.Fields(PR_OWNER_APPT_ID).Value, objNotice.Fields(PR_OWNER_APPT_ID).Value, "as the appointment of it"
    objOwn.Update
    objNotice.Delete
    Set objMeeting = Nothing
    Set objMeeting = objOther.GetDefaultFolder(CdoDefaultFolderCalendar).Messages.GetLast
    Same objMeeting.Subject, "Called off", "the organizer keeps the meeting"
    objMeeting.MeetingStatus = CdoMeetingCanceled
    objMeeting.Send
    Check True, "a meeting that is cancelled can be sent"
    Set objNotice = Arrived(objSession, "IPM.Schedule.Meeting.Canceled")
    Same objNotice.Class, CdoMeetingItem, "who was invited gets a MeetingItem"
    Same objNotice.Type, "IPM.Schedule.Meeting.Canceled", "of the class of cancellations"
    Set objOwn = objNotice.GetAssociatedAppointment
    Same objOwn.MeetingStatus, CdoMeetingCanceled, "by which the appointment is a canceled one"
    objNotice.Delete
    EmptyFolder objCalendar
    EmptyFolder objOther.GetDefaultFolder(CdoDefaultFolderCalendar)
End Sub

Sub RecurYearly
    Dim objItem, objPattern
    On Error Resume Next
    Set objItem = objCalendar.Messages.Add("Every year")
    objItem.StartTime = #7/4/2024 10:00:00 AM#
    objItem.EndTime = #7/4/2024 11:00:00 AM#
    Set objPattern = objItem.GetRecurrencePattern
    Same objPattern.Application, "MapiHost", "RecurrencePattern.Application"
    Same objPattern.Parent.Subject, "Every year", "RecurrencePattern.Parent is the appointment"
    Same objPattern.Session.Name, objSession.Name, "RecurrencePattern.Session"
    objPattern.RecurrenceType = CdoRecurTypeYearly
    objPattern.MonthOfYear = 7
    objPattern.DayOfMonth = 4
    Same objPattern.MonthOfYear, 7, "RecurrencePattern.MonthOfYear is kept"
    Same objPattern.DayOfMonth, 4, "RecurrencePattern.DayOfMonth is kept"
    objPattern.NoEndDate = True
    Check objPattern.NoEndDate, "RecurrencePattern.NoEndDate is kept"
    objPattern.PatternStartDate = #7/4/2025#
    Same Year(objPattern.PatternStartDate), 2025, "RecurrencePattern.PatternStartDate moves the beginning"
    objPattern.RecurrenceType = CdoRecurTypeMonthlyNth
    objPattern.DayOfWeekMask = 4
    objPattern.Instance = 2
    Same objPattern.Instance, 2, "RecurrencePattern.Instance is kept"
    objPattern = CdoRecurTypeYearly
    Same objPattern.RecurrenceType, CdoRecurTypeYearly, "RecurrenceType is the default member, as in CDO"
End Sub

Sub EndIt
    On Error Resume Next
    EmptyFolder objOther.GetDefaultFolder(CdoDefaultFolderCalendar)
    EmptyFolder objCalendar
    objScratch.Delete
    objOther.Logoff
    objSession.Logoff
    Check True, "both log off"
End Sub

' ---- the members of each kind of item ------------------------------------------------------------------------
Sub UseItem(objItem, kind, intClass)
    Dim objFields, objCopy, strID, values
    On Error Resume Next
    strID = objItem.ID
    Same objItem.Application, "MapiHost", kind & ".Application"
    Same objItem.Class, intClass, kind & ".Class"
    Check Not objItem.Parent Is Nothing, kind & ".Parent"
    Same objItem.Session.Name, objSession.Name, kind & ".Session"
    Check Len(strID) > 20, kind & ".ID"
    Check Len(objItem.FolderID) > 20, kind & ".FolderID"
    Check objSession.CompareIDs(objItem.StoreID, objSession.GetInfoStore.ID), kind & ".StoreID"
    Check objItem.Size > 0, kind & ".Size"
    Check objItem.TimeCreated > #1/1/2020#, kind & ".TimeCreated"
    Check objItem.TimeLastModified >= objItem.TimeCreated, kind & ".TimeLastModified"
    Check objItem.IsSameAs(objSession.GetMessage(strID)), kind & ".IsSameAs of the same item"
    Check Not objItem.IsSameAs(objSession), kind & ".IsSameAs of another object"
    objItem.Subject = "Another subject"
    Same objItem.Subject, "Another subject", kind & ".Subject is kept"
    objItem.Importance = 2
    Same objItem.Importance, 2, kind & ".Importance is kept"
    objItem.Sensitivity = 2
    Same objItem.Sensitivity, 2, kind & ".Sensitivity is kept"
    objItem.ReadReceipt = True
    Check objItem.ReadReceipt, kind & ".ReadReceipt is kept"
    objItem.ReadReceipt = False
    objItem.DeliveryReceipt = True
    Check objItem.DeliveryReceipt, kind & ".DeliveryReceipt is kept"
    objItem.Signed = True
    Check objItem.Signed, kind & ".Signed is kept"
    objItem.Signed = False
    objItem.Encrypted = True
    Check objItem.Encrypted, kind & ".Encrypted is kept"
    objItem.Encrypted = False
    objItem.Unread = True
    Check objItem.Unread, kind & ".Unread is kept"
    objItem.MarkRead
    Check Not objItem.Unread, kind & ".MarkRead"
    objItem.TimeReceived = #1/2/2024 3:00:00 AM#
    Same objItem.TimeReceived, #1/2/2024 3:00:00 AM#, kind & ".TimeReceived is kept"
    objItem.TimeSent = #1/2/2024 2:00:00 AM#
    Same objItem.TimeSent, #1/2/2024 2:00:00 AM#, kind & ".TimeSent is kept"
    objItem.TimeExpired = #1/2/2034#
    Same objItem.TimeExpired, #1/2/2034#, kind & ".TimeExpired is kept"
    objItem.ConversationTopic = "A topic"
    Same objItem.ConversationTopic, "A topic", kind & ".ConversationTopic is kept"
    objItem.ConversationIndex = objSession.CreateConversationIndex
    Same Len(objItem.ConversationIndex), 44, kind & ".ConversationIndex is kept"
    objItem.Conversation = "0011AABB"
    Same objItem.Conversation, "0011AABB", kind & ".Conversation is kept"
    objItem.Categories = Array("one", "two")
    values = objItem.Categories
    Same values(1), "two", kind & ".Categories is kept"
    Set objItem.Sender = objSession.CurrentUser
    Same objItem.Sender.Name, objSession.CurrentUser.Name, kind & ".Sender is kept"
    Same objItem.SenderName, objSession.CurrentUser.Name, kind & ".SenderName"
    Same objItem.SenderEmailAddress, "demo@example.test", kind & ".SenderEmailAddress"
    UseFlags kind, objItem.Type
    Set objFields = objItem.Fields
    Same objFields(PR_SUBJECT).Value, "Another subject", kind & ".Fields"
    values = objItem.GetProps(Array(PR_SUBJECT, PR_IMPORTANCE))
    Same values(1), 2, kind & ".GetProps"
    objItem.SetProps Array(PR_IMPORTANCE), Array(0)
    Same objItem.Importance, 0, kind & ".SetProps"
    Same objItem.Attachments.Count, 0, kind & ".Attachments"
    Check VarType(objItem.InternetMessageID) = 8, kind & ".InternetMessageID"
    Check VarType(objItem.Headers) = 8, kind & ".Headers"
    objItem.Save
    Same objSession.GetMessage(strID).Subject, "Another subject", kind & ".Save"
    objItem.Subject = "Not saved"
    objItem.Update False, True
    Same objItem.Subject, "Another subject", kind & ".Update reads it again"
    Set objCopy = objItem.CopyTo(objCopies.ID)
    Same objCopy.Subject, "Another subject", kind & ".CopyTo"
    objCopy.Update
    Set objCopy = objCopies.Messages.GetFirst.MoveTo(objSession.GetDefaultFolder(CdoDefaultFolderDeletedItems).ID)
    Same objCopy.Class, intClass, kind & ".MoveTo"
    Same objCopies.Messages.Count, 0, "leaves nothing behind"
    objCopy.Delete
End Sub

' The flags of delivery can be set until an item is saved for the first time.
Sub UseFlags(kind, strType)
    Dim objItem, objFolder
    On Error Resume Next
    Set objFolder = objScratch
    If kind = "AppointmentItem" Then Set objFolder = objCalendar
    Set objItem = objFolder.Messages.Add("Flags", "", strType)
    objItem.Sent = True
    Check objItem.Sent, kind & ".Sent is kept"
    objItem.Submitted = True
    Check objItem.Submitted, kind & ".Submitted is kept"
End Sub

Sub UseText(objItem, kind, intClass)
    Dim objStream, objAnswer, path
    On Error Resume Next
    objItem.Text = "plain"
    Same objItem.Text, "plain", kind & ".Text is kept"
    objItem.Body = "plainer"
    Same objItem.Body, "plainer", kind & ".Body is Text"
    Same objItem.BodyFormat, 1, kind & ".BodyFormat tells of text"
    objItem.HTMLBody = "<html><body><b>bold</b></body></html>"
    Check InStr(objItem.HTMLBody, "<b>bold</b>") > 0, kind & ".HTMLBody is kept"
    Same objItem.BodyFormat, 2, kind & ".BodyFormat tells of HTML"
    Check InStr(objItem.Text, "bold") > 0, "and the text follows"
    objItem.RTFBody = "{\rtf1\ansi rich\par}"
    Check InStr(objItem.RTFBody, "rich") > 0, kind & ".RTFBody is kept"
    objItem.BodyFormat = 1
    Same objItem.BodyFormat, 1, kind & ".BodyFormat is kept"
    objItem.To = "other"
    Same objItem.To, "other", kind & ".To is kept"
    objItem.CC = "demo"
    Same objItem.CC, "demo", kind & ".CC is kept"
    objItem.BCC = "demo"
    Same objItem.BCC, "demo", kind & ".BCC is kept"
    Same objItem.Recipients.Count, 3, kind & ".Recipients has them all"
    Set objAnswer = objScratch.Messages.Add("Other", "")
    objAnswer.Recipients.Add "demo", "SMTP:demo@example.test", CdoCc
    Set objItem.Recipients = objAnswer.Recipients
    Same objItem.Recipients.Count, 1, kind & ".Recipients can be set"
    Same objItem.Recipients(1).Type, CdoCc, "with their types"
    objItem.Update
    Set objStream = objItem.OpenStream(PR_BODY)
    Check objStream.Size > 0, kind & ".OpenStream"
    objStream.Close
    Set objAnswer = objItem.Forward
    Same objAnswer.Class, CdoMsg, kind & ".Forward makes a Message"
    Set objAnswer = objItem.Reply
    Same Left(objAnswer.Subject, 3), "RE:", kind & ".Reply"
    Set objAnswer = objItem.ReplyAll
    Same Left(objAnswer.Subject, 3), "RE:", kind & ".ReplyAll"
    path = temp & "\" & kind & ".msg"
    objItem.SaveAs path
    Check CreateObject("Scripting.FileSystemObject").FileExists(path), kind & ".SaveAs"
    objItem.Import path
    Same objItem.Subject, "Another subject", kind & ".Import"
    objItem.Type = objItem.Type & ".Test"
    Same Right(objItem.Type, 5), ".Test", kind & ".Type is kept"
End Sub

' A MeetingItem is sent as any message is.
Sub UseSend(objRequest)
    Dim objAnswer
    On Error Resume Next
    Set objAnswer = objRequest.Respond(CdoResponseAccepted)
    objAnswer.Send
    Check True, "MeetingItem.Send"
    Set objAnswer = Arrived(objOther, "IPM.Schedule.Meeting.Resp.Pos")
    Check Not objAnswer Is Nothing, "and it reaches the organizer"
    Same objAnswer.Class, CdoMeetingItem, "and it arrives"
    objAnswer.Delete
    Check True, "and is deleted"
End Sub

' ---- help ----------------------------------------------------------------------------------------------------
' The message of a class in a session's Inbox; delivery is at once here, and takes its time elsewhere.
Function Arrived(objOf, strType)
    Dim objMessages, i
    Set Arrived = Nothing
    On Error Resume Next
    For i = 1 To 200
        Set objMessages = objOf.Inbox.Messages
        objMessages.Filter.Type = strType
        Set Arrived = objMessages.GetFirst
        If Not Arrived Is Nothing Then Exit For
        objOf.DeliverNow
    Next
    Err.Clear
End Function

Sub EmptyFolder(objFolder)
    On Error Resume Next
    objFolder.Messages.Delete
    Err.Clear
End Sub
