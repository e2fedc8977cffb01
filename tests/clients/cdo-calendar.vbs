' Appointments, recurrence and meetings, used as programs for CDO 1.21 use them.
'
' Run by tools/run-suite against the server of each bitness, from 64- and 32-bit cscript. Prints TAP.
Option Explicit

Const CdoDefaultFolderCalendar = 0
Const CdoAppointment = 26
Const CdoMeetingItem = 27
Const CdoBusy = 2
Const CdoOutOfOffice = 3
Const CdoNonMeeting = 0
Const CdoMeeting = 1
Const CdoMeetingReceived = 3
Const CdoMeetingRequest = 1
Const CdoMeetingResponse = 2
Const CdoResponseOrganized = 1
Const CdoResponseAccepted = 3
Const CdoRecurTypeDaily = 0
Const CdoRecurTypeWeekly = 1
Const CdoRecurTypeMonthly = 2
Const CdoRecurTypeMonthlyNth = 3
Const CdoRecurTypeYearly = 5
Const CdoMonday = 2
Const CdoWednesday = 8
Const CdoFriday = 32
Const CdoTo = 1
Const CdoE_NO_SUPPORT = &H80040102
Const CdoE_INVALID_PARAMETER = &H80070057
Const CdoE_INVALID_OBJECT = &H80040108
Const CdoE_OBJECT_DELETED = &H8004010A

Dim objSession, objCalendar

LogOn
MakeAppointment
SetTimes
MakeRecurring
ReadFreeBusy
HoldMeeting
EndIt
Finish

' ---- steps -------------------------------------------------------------------------------------------------
Sub LogOn
    On Error Resume Next
    Set objSession = LoggedOn("demo")
    Check True, "a session logs on"
    Set objCalendar = objSession.GetDefaultFolder(CdoDefaultFolderCalendar)
    Check Not objCalendar Is Nothing, "there is a calendar"
    EmptyFolder objCalendar
End Sub

Sub EmptyFolder(objFolder)
    Dim objMessage
    On Error Resume Next
    Do While objFolder.Messages.Count > 0
        objFolder.Messages(1).Delete
        If Err.Number <> 0 Then Exit Do
    Loop
    Err.Clear
End Sub

Sub MakeAppointment
    Dim objAppointment, strID
    On Error Resume Next
    Set objAppointment = objCalendar.Messages.Add
    Same objAppointment.Class, CdoAppointment, "Messages.Add in a calendar makes an AppointmentItem"
    Same objAppointment.Type, "IPM.Appointment", "of the class of appointments"
    Same objAppointment.Duration, 30, "it begins with half an hour"
    Same objAppointment.BusyStatus, CdoBusy, "and as busy time"
    Same objAppointment.MeetingStatus, CdoNonMeeting, "and is no meeting"
    Check Not objAppointment.IsRecurring, "and does not recur"
    objAppointment.Subject = "Dentist"
    objAppointment.Text = "Bring the card."
    objAppointment.Location = "Main Street 1"
    objAppointment.StartTime = #3/26/2024 10:00:00 AM#
    objAppointment.EndTime = #3/26/2024 11:30:00 AM#
    Same objAppointment.Duration, 90, "EndTime sets the duration"
    objAppointment.BusyStatus = CdoOutOfOffice
    objAppointment.ReminderSet = True
    objAppointment.ReminderMinutesBeforeStart = 45
    objAppointment.Update
    strID = objAppointment.ID
    Set objAppointment = Nothing
    Set objAppointment = objSession.GetMessage(strID)
    Same objAppointment.Class, CdoAppointment, "GetMessage gives an AppointmentItem"
    Same objAppointment.Subject, "Dentist", "with its subject"
    Same objAppointment.Location, "Main Street 1", "its place"
    Same objAppointment.StartTime, #3/26/2024 10:00:00 AM#, "its beginning"
    Same objAppointment.EndTime, #3/26/2024 11:30:00 AM#, "its end"
    Same objAppointment.BusyStatus, CdoOutOfOffice, "its busy status"
    Same objAppointment.ReminderMinutesBeforeStart, 45, "and its reminder"
    Check objAppointment.ReminderSet, "which is set"
    Check objAppointment.Organizer Is Nothing, "an appointment has no organizer"
    Same objCalendar.Messages.GetFirst.Class, CdoAppointment, "the calendar's Messages yield AppointmentItems"
    Same objCalendar.Messages(1).Location, "Main Street 1", "by number, too"
    objAppointment.AllDayEvent = True
    Same objAppointment.StartTime, #3/26/2024#, "an event of whole days begins at midnight"
    Same objAppointment.Duration, 1440, "and ends at midnight"
    objAppointment.BusyStatus = 9
    Raised CdoE_INVALID_PARAMETER, "a wrong busy status is refused"
    objAppointment.Respond 3
    Raised CdoE_NO_SUPPORT, "an appointment of one's own cannot be answered"
    objAppointment.Send
    Raised CdoE_NO_SUPPORT, "an appointment that is no meeting cannot be sent"
    objAppointment.Delete
    Check True, "the appointment is deleted"
End Sub

' A time that is set leaves the other one; both are in order when they are saved.
Sub SetTimes
    Dim objAppointment, since
    On Error Resume Next
    Set objAppointment = objCalendar.Messages.Add("Times")
    since = CDbl(Now - objAppointment.StartTime) * 1440
    Check since >= 0 And since <= 31, "it begins with the half hour that it is"
    Same objAppointment.Duration, 30, "and is that long"
    objAppointment.StartTime = #5/6/2024 10:00:00 AM#
    objAppointment.EndTime = #5/6/2024 11:00:00 AM#
    objAppointment.Update
    objAppointment.StartTime = #5/6/2024 10:15:50 AM#
    Same objAppointment.StartTime, #5/6/2024 10:15:00 AM#, "seconds are cut off"
    Same objAppointment.EndTime, #5/6/2024 11:00:00 AM#, "a new start leaves the end"
    Same objAppointment.Duration, 45, "and the duration follows"
    objAppointment.StartTime = #5/7/2024 9:00:00 AM#
    Same objAppointment.EndTime, #5/6/2024 11:00:00 AM#, "also one after it"
    Err.Clear
    objAppointment.Update
    Raised CdoE_INVALID_OBJECT, "which cannot be saved"
    objAppointment.EndTime = #5/7/2024 9:30:00 AM#
    objAppointment.Update
    Same objAppointment.Duration, 30, "before the end is set"
    objAppointment.Delete
End Sub

Sub MakeRecurring
    Dim objAppointment, objPattern, strID
    On Error Resume Next
    Set objAppointment = objCalendar.Messages.Add("Team", "every week")
    objAppointment.StartTime = #3/25/2024 9:00:00 AM#
    objAppointment.EndTime = #3/25/2024 9:45:00 AM#
    Set objPattern = objAppointment.GetRecurrencePattern
    Check objAppointment.IsRecurring, "GetRecurrencePattern makes it recurring"
    objAppointment.StartTime = #3/25/2024 10:00:00 AM#
    Raised CdoE_NO_SUPPORT, "then its times are those of the pattern"
    objAppointment.AllDayEvent = True
    Raised CdoE_NO_SUPPORT, "whole days too"
    Same objPattern.Class, 28, "a RecurrencePattern says what it is"
    Same objPattern.RecurrenceType, CdoRecurTypeWeekly, "the pattern begins as weekly"
    Same objPattern.Interval, 1, "every week"
    Same objPattern.DayOfWeekMask, CdoMonday, "on the day of the appointment"
    Check objPattern.NoEndDate, "without an end"
    Same objPattern.Occurrences, 1490000, "which CDO shows as so many occurrences"
    Same Year(objPattern.PatternEndDate), 4001, "until the year 4001"
    Same objPattern.PatternStartDate, #3/25/2024 9:00:00 AM#, "from the appointment on"
    Same objPattern.Duration, 45, "with its duration"
    objPattern.DayOfWeekMask = CdoMonday + CdoWednesday + CdoFriday
    objPattern.Occurrences = 5
    Check Not objPattern.NoEndDate, "a number of occurrences is an end"
    Same objPattern.PatternEndDate, #4/3/2024 9:00:00 AM#, "whose day follows"
    objPattern.Interval = 2
    Same objPattern.PatternEndDate, #4/10/2024 9:00:00 AM#, "and moves with the interval"
    objPattern.PatternEndDate = #4/8/2024#
    Same objPattern.Occurrences, 4, "an end gives the number of occurrences"
    objPattern.Interval = 100
    Raised CdoE_INVALID_PARAMETER, "an interval out of range is refused"
    strID = objPattern.DayOfMonth
    Raised CdoE_NO_SUPPORT, "what a weekly pattern does not have is refused"
    objAppointment.Update
    strID = objAppointment.ID
    Set objPattern = Nothing
    Set objAppointment = Nothing
    Set objAppointment = objSession.GetMessage(strID)
    Check objAppointment.IsRecurring, "it recurs after Update"
    Set objPattern = objAppointment.GetRecurrencePattern
    Same objPattern.Interval, 2, "with its interval"
    Same objPattern.DayOfWeekMask, 42, "its days"
    Same objPattern.Occurrences, 4, "and its end"
    objPattern.RecurrenceType = CdoRecurTypeMonthlyNth
    objPattern.DayOfWeekMask = CdoFriday
    objPattern.Instance = 5
    objPattern.Interval = 1
    objPattern.Occurrences = 3
    Same objPattern.PatternEndDate, #5/31/2024 9:00:00 AM#, "the last Friday of the month"
    objPattern.RecurrenceType = CdoRecurTypeYearly
    objPattern.MonthOfYear = 12
    objPattern.DayOfMonth = 24
    objPattern.Occurrences = 2
    Same objPattern.PatternEndDate, #12/24/2025 9:00:00 AM#, "every year"
    Same objPattern.StartTime, #3/25/2024 9:00:00 AM#, "its times are those of the original appointment"
    Same objPattern.EndTime, #3/25/2024 9:45:00 AM#, "both with the day"
    objPattern.StartTime = #3/26/2024 2:00:00 PM#
    Raised CdoE_INVALID_PARAMETER, "the day of StartTime must be that of PatternStartDate"
    objPattern.EndTime = #3/24/2024 3:00:00 PM#
    Raised CdoE_INVALID_PARAMETER, "the end is not on an earlier day"
    objPattern.EndTime = #3/26/2024 1:00:00 AM#
    Same objPattern.Duration, 960, "the end can be on a later day"
    objPattern.StartTime = #3/25/2024 1:00:00 PM#
    Same objPattern.EndTime, #3/26/2024 5:00:00 AM#, "a new start moves the end"
    objPattern.StartTime = #2:00:00 PM#
    objPattern.EndTime = #3:15:00 PM#
    Same objPattern.Duration, 75, "times of day give the duration"
    objAppointment.Update
    Same objSession.GetMessage(strID).StartTime, #12/24/2024 2:00:00 PM#, "the appointment is at the first occurrence"
    objAppointment.ClearRecurrencePattern
    Check Not objAppointment.IsRecurring, "ClearRecurrencePattern makes it a single one"
    strID = objPattern.Interval
    Raised CdoE_OBJECT_DELETED, "and its pattern is gone"
    objAppointment.Delete
End Sub

Sub ReadFreeBusy
    Dim objAppointment, objPattern
    On Error Resume Next
    Set objAppointment = objCalendar.Messages.Add("Busy")
    objAppointment.StartTime = #5/6/2024 10:00:00 AM#
    objAppointment.EndTime = #5/6/2024 11:00:00 AM#
    objAppointment.Update
    Set objAppointment = objCalendar.Messages.Add("Away every day")
    objAppointment.StartTime = #5/1/2024 2:00:00 PM#
    objAppointment.EndTime = #5/1/2024 2:30:00 PM#
    objAppointment.BusyStatus = CdoOutOfOffice
    Set objPattern = objAppointment.GetRecurrencePattern
    objPattern.RecurrenceType = CdoRecurTypeDaily
    objPattern.Occurrences = 10
    objAppointment.Update
    Same objSession.CurrentUser.GetFreeBusy(#5/6/2024 9:00:00 AM#, #5/6/2024 3:00:00 PM#, 30), "002200000030", "GetFreeBusy shows both"
    Same objSession.CurrentUser.GetFreeBusy(#5/20/2024 9:00:00 AM#, #5/20/2024 3:00:00 PM#, 60), "000000", "and nothing later"
    objSession.CurrentUser.GetFreeBusy #5/6/2024#, #5/5/2024#, 30
    Raised CdoE_INVALID_PARAMETER, "an end before the start is refused"
    EmptyFolder objCalendar
End Sub

' The organizer is demo, who is invited is other: each in a session of their own.
Sub HoldMeeting
    Dim objAppointment, objOther, objInbox, objRequest, objAnswer, objOwn, objMessages, i
    On Error Resume Next
    Set objAppointment = objCalendar.Messages.Add("Planning", "Who does what?")
    objAppointment.StartTime = #6/3/2024 1:00:00 PM#
    objAppointment.EndTime = #6/3/2024 2:00:00 PM#
    objAppointment.Location = "Room 7"
    objAppointment.MeetingStatus = CdoMeeting
    objAppointment.ResponseRequested = True
    objAppointment.Recipients.Add "other", , CdoTo
    objAppointment.Recipients.Resolve
    Same objAppointment.Organizer.Name, "demo", "the organizer of a meeting is its user"
    objAppointment.Send
    Check True, "a meeting request is sent"
    Same objCalendar.Messages.Count, 1, "and the appointment is in the calendar"
    Same objCalendar.Messages(1).MeetingResponseStatus, CdoResponseOrganized, "as organized by its user"

    Set objOther = LoggedOn("other")
    EmptyFolder objOther.GetDefaultFolder(CdoDefaultFolderCalendar)
    Set objRequest = Nothing
    For i = 1 To 50 ' delivery is at once here, and takes its time elsewhere
        Set objMessages = objOther.Inbox.Messages
        objMessages.Filter.Type = "IPM.Schedule.Meeting.Request"
        Set objRequest = objMessages.GetFirst
        If Not objRequest Is Nothing Then Exit For
        WScript.Sleep 100
    Next
    Same objRequest.Class, CdoMeetingItem, "the other user gets a MeetingItem"
    Same objRequest.Type, "IPM.Schedule.Meeting.Request", "of the class of requests"
    Same objRequest.MeetingType, CdoMeetingRequest, "which says that it is a request"
    Same objRequest.Subject, "Planning", "with the subject"
    Set objOwn = objRequest.GetAssociatedAppointment
    Same objOwn.Class, CdoAppointment, "GetAssociatedAppointment gives an AppointmentItem"
    Same objOwn.StartTime, #6/3/2024 1:00:00 PM#, "with the times"
    Same objOwn.Location, "Room 7", "the place"
    Same objOwn.MeetingStatus, CdoMeetingReceived, "as received"
    Same objOwn.Organizer.Name, "demo", "and its organizer"
    Set objOwn = Nothing
    Set objAnswer = objRequest.Respond(CdoResponseAccepted)
    Same objAnswer.Class, CdoMeetingItem, "Respond makes a MeetingItem"
    Same objAnswer.Type, "IPM.Schedule.Meeting.Resp.Pos", "of the class of acceptances"
    Same objAnswer.Subject, "Accepted: Planning", "whose subject tells it"
    Same objAnswer.Recipients(1).Name, "demo", "to the organizer"
    objAnswer.Text = "I will come."
    objAnswer.Send
    Check True, "the answer is sent"
    Same objOther.GetDefaultFolder(CdoDefaultFolderCalendar).Messages.Count, 1, "and the meeting is in the other's calendar"
    Same objOther.GetDefaultFolder(CdoDefaultFolderCalendar).Messages(1).MeetingResponseStatus, CdoResponseAccepted, "as accepted"
    objRequest.Delete
    EmptyFolder objOther.GetDefaultFolder(CdoDefaultFolderCalendar)
    objOther.Logoff

    Set objAnswer = Nothing
    For i = 1 To 50
        Set objMessages = objSession.Inbox.Messages
        objMessages.Filter.Type = "IPM.Schedule.Meeting.Resp.Pos"
        Set objAnswer = objMessages.GetFirst
        If Not objAnswer Is Nothing Then Exit For
        WScript.Sleep 100
    Next
    Check Not objAnswer Is Nothing, "the organizer gets the answer"
    Same objAnswer.MeetingType, CdoMeetingResponse, "which says that it is one"
    Same objAnswer.Text, "I will come.", "with its text"
    Set objOwn = objAnswer.GetAssociatedAppointment
    Same objOwn.Subject, "Planning", "and finds the appointment"
    Same objOwn.MeetingResponseStatus, CdoResponseAccepted, "which tells the answer"
    Same objSession.GetMessage(objOwn.ID).Recipients(1).MeetingResponseStatus, CdoResponseAccepted, "noted for the recipient too"
    objAnswer.Respond 3
    Raised CdoE_NO_SUPPORT, "an answer cannot be answered"
    objAnswer.Delete
    EmptyFolder objCalendar
    Check True, "everything is deleted"
End Sub

Sub EndIt
    On Error Resume Next
    objSession.Logoff
    Check True, "the session logs off"
End Sub
