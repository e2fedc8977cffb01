' A calendar listed between two times, as programs for CDO 1.21 list it: every occurrence of what recurs, and constructs that
' such programs have in common: constants that nobody defined, values that are texts, hidden messages, properties by set.
'
' Run by tools/run-suite against the server of each bitness, from 64- and 32-bit cscript. Prints TAP.
Option Explicit

Const CdoDefaultFolderCalendar = 0
Const CdoPR_START_DATE = &H00600040
Const CdoPR_END_DATE = &H00610040
Const CdoRecurTypeDaily = 0
Const CdoRecurTypeWeekly = 1
Const CdoAppointment = 26
Const CdoEmbeddedMessage = 4
Const PR_ATTACHMENT_HIDDEN = &H7FFE000B
Const PR_EXCEPTION_REPLACETIME = &H7FF90040
Const CdoBusy = 2
Const CdoOutOfOffice = 3
Const CdoE_NO_SUPPORT = &H80040102
Const CdoE_INVALID_OBJECT = &H80040108
Const CdoE_INVALID_PARAMETER = &H80070057
Const CdoE_NOT_FOUND = &H8004010F
Const CdoPropSetID1 = "0220060000000000C000000000000046"

Dim objSession, objCalendar

LogOn
MakeAppointments
ListRange
WalkRange
DeleteOne
ChangeSeries
ChangeOne
ChangeAgain
KeepOrder
DeleteChanged
ReadOutlooks
FilterByText
ListEverything
UseStrangersHabits
EndIt
Finish

' ---- steps -------------------------------------------------------------------------------------------------
Sub LogOn
    On Error Resume Next
    Set objSession = CreateObject("MapiHost.Session")
    objSession.Logon "", "", False, True, 0, True, "LOCAL" & vbLf & "demo"
    Check True, "a session logs on by server and mailbox"
    Set objCalendar = objSession.GetDefaultFolder(CdoDefaultFolderCalendar)
    Clear
End Sub

' What this test has made, now or in a run that was broken off.
Sub Clear
    Dim objMessage, found
    On Error Resume Next
    Do
        found = False
        For Each objMessage In objCalendar.Messages
            If Left(objMessage.Subject, 4) = "occ-" Then
                objMessage.Delete
                found = True
                Exit For
            End If
        Next
    Loop While found And Err.Number = 0
End Sub

Function Add(subject, starts, ends)
    Set Add = objCalendar.Messages.Add
    Add.Subject = subject
    Add.StartTime = starts
    Add.EndTime = ends
End Function

Sub MakeAppointments
    Dim objItem, objPattern
    On Error Resume Next
    Set objItem = Add("occ-plain", #3/16/2027 10:00:00#, #3/16/2027 11:00:00#)
    objItem.Update
    Set objItem = Add("occ-later", #5/16/2027 10:00:00#, #5/16/2027 11:00:00#)
    objItem.Update
    Set objItem = Add("occ-weekly", #3/1/2027 9:00:00#, #3/1/2027 9:30:00#)
    Set objPattern = objItem.GetRecurrencePattern
    objPattern.RecurrenceType = CdoRecurTypeWeekly
    objPattern.DayOfWeekMask = 2 ' Mondays
    objPattern.Occurrences = 5 ' the 1st, 8th, 15th, 22nd and 29th of March
    objItem.Update
    Check objItem.IsRecurring, "an appointment recurs"
End Sub

' The appointments from the 11th of March to the 1st of April.
Function RangeOf()
    Dim objFilter
    Set RangeOf = objCalendar.Messages
    Set objFilter = RangeOf.Filter
    objFilter.Fields.Add CdoPR_START_DATE, #4/1/2027#
    objFilter.Fields.Add CdoPR_END_DATE, #3/11/2027#
End Function

Function Listed(objMessages)
    Dim objItem
    Listed = ""
    For Each objItem In objMessages
        If Left(objItem.Subject, 4) = "occ-" Then Listed = Listed & Mid(objItem.Subject, 5) & " " & Day(objItem.StartTime) & ","
    Next
End Function

Sub ListRange
    Dim objMessages, objItem
    On Error Resume Next
    Set objMessages = RangeOf()
    Same Listed(objMessages), "weekly 15,plain 16,weekly 22,weekly 29,", "every occurrence is listed, by its start"
    Same objMessages.Count, 4, "Count counts them"
    Set objItem = objMessages.Item(3)
    Same objItem.Class, CdoAppointment, "an occurrence is an AppointmentItem"
    Same objItem.StartTime, #3/22/2027 9:00:00#, "StartTime is the occurrence's"
    Same objItem.EndTime, #3/22/2027 9:30:00#, "EndTime is"
    Same objItem.Duration, 30, "Duration is"
    Same objItem.Fields(CdoPR_START_DATE).Value, #3/22/2027 9:00:00#, "so are the times among its Fields"
    Same objItem.Fields.Item(CdoPR_END_DATE), #3/22/2027 9:30:00#, "both"
    Check objItem.IsRecurring, "it says that it recurs"
    Set objItem = objMessages.Item(5)
    Raised CdoE_NOT_FOUND, "there is none beyond the last"
    Set objMessages = objCalendar.Messages
    objMessages.Filter.Fields.Add CdoPR_START_DATE, #3/29/2027 9:00:00#
    objMessages.Filter.Fields.Add CdoPR_END_DATE, #3/15/2027 9:30:00#
    Same Listed(objMessages), "weekly 15,plain 16,weekly 22,weekly 29,", "what ends or begins just at the times is among them"
    Set objMessages = objCalendar.Messages
    objMessages.Filter.Fields.Add CdoPR_START_DATE, #3/29/2027 8:59:00#
    objMessages.Filter.Fields.Add CdoPR_END_DATE, #3/15/2027 9:31:00#
    Same Listed(objMessages), "plain 16,weekly 22,", "a minute less, and it is not"
    Set objMessages = objCalendar.Messages
    objMessages.Filter.Fields.Add CdoPR_START_DATE, #3/16/2027 10:00:00#
    objMessages.Filter.Fields.Add CdoPR_END_DATE, #3/16/2027 10:00:00#
    Same Listed(objMessages), "plain 16,", "so is what does not recur"
End Sub

Sub WalkRange
    Dim objMessages, objItem, days
    On Error Resume Next
    Set objMessages = RangeOf()
    days = ""
    Set objItem = objMessages.GetFirst
    Do While Not objItem Is Nothing
        days = days & Day(objItem.StartTime) & ","
        Set objItem = objMessages.GetNext
    Loop
    Same days, "15,16,22,29,", "GetFirst and GetNext list them"
    days = ""
    Set objItem = objMessages.GetLast
    Do While Not objItem Is Nothing
        days = days & Day(objItem.StartTime) & ","
        Set objItem = objMessages.GetPrevious
    Loop
    Same days, "29,22,16,15,", "GetLast and GetPrevious list them backwards"
End Sub

Sub DeleteOne
    Dim objMessages, objItem
    On Error Resume Next
    Set objMessages = RangeOf()
    Set objItem = objMessages.Item(3)
    objItem.Delete
    Same Listed(objMessages), "weekly 15,plain 16,weekly 29,", "one occurrence is deleted"
    Same Listed(RangeOf()), "weekly 15,plain 16,weekly 29,", "for other collections as well"
    Same objSession.CurrentUser.GetFreeBusy(#3/22/2027 9:00:00#, #3/22/2027 10:00:00#, 30), "00", "its time is free"
    Same objSession.CurrentUser.GetFreeBusy(#3/29/2027 9:00:00#, #3/29/2027 10:00:00#, 30), "20", "that of the others is not"
End Sub

Sub ChangeSeries
    Dim objSeries, objItem
    On Error Resume Next
    Set objItem = RangeOf().Item(1)
    Set objSeries = objItem.GetRecurrencePattern.Parent
    Same objSeries.StartTime, #3/1/2027 9:00:00#, "the pattern's parent is the series"
    objSeries.Subject = "occ-series"
    objSeries.Update
    Same Listed(RangeOf()), "series 15,plain 16,series 29,", "a change of the series shows in its occurrences"
End Sub

' ---- one occurrence alone -----------------------------------------------------------------------------------
Sub AddSeries
    Dim objItem, objPattern
    On Error Resume Next
    Set objItem = Add("occ-team", #9/6/2027 9:00:00#, #9/6/2027 9:30:00#)
    objItem.Location = "hall"
    objItem.Text = "as always"
    objItem.BusyStatus = CdoBusy
    Set objPattern = objItem.GetRecurrencePattern
    objPattern.RecurrenceType = CdoRecurTypeWeekly
    objPattern.DayOfWeekMask = 2 ' Mondays
    objPattern.Occurrences = 4 ' the 6th, 13th, 20th and 27th of September
    objItem.Update
End Sub

Function September()
    Dim objFilter
    Set September = objCalendar.Messages
    Set objFilter = September.Filter
    objFilter.Fields.Add CdoPR_START_DATE, #10/1/2027#
    objFilter.Fields.Add CdoPR_END_DATE, #9/1/2027#
End Function

Sub ChangeOne
    Dim objMessages, objItem, objOther
    On Error Resume Next
    AddSeries
    Set objMessages = September()
    Same Listed(objMessages), "team 6,team 13,team 20,team 27,", "a series of four"
    Set objItem = objMessages.Item(2)
    objItem.StartTime = #9/15/2027 14:00:00#
    objItem.EndTime = #9/15/2027 16:00:00#
    objItem.Subject = "occ-moved"
    objItem.Location = "garden"
    objItem.Text = "this time outside"
    objItem.BusyStatus = CdoOutOfOffice
    objItem.ReminderSet = False
    Same Listed(September()), "team 6,team 13,team 20,team 27,", "nothing shows before Update"
    Err.Clear
    objItem.Update
    Check Err.Number = 0, "one occurrence is changed alone"
    Same objItem.Subject, "occ-moved", "its object goes on"
    Set objMessages = September()
    Same Listed(objMessages), "team 6,moved 15,team 20,team 27,", "it is listed with its new values at its new place"
    Set objItem = objMessages.Item(2)
    Same objItem.StartTime, #9/15/2027 14:00:00#, "StartTime was changed"
    Same objItem.Duration, 120, "the duration too"
    Same objItem.Location, "garden", "Location"
    Same objItem.Text, "this time outside", "Text"
    Same objItem.BusyStatus, CdoOutOfOffice, "BusyStatus"
    Check Not objItem.ReminderSet, "ReminderSet"
    Check objItem.IsRecurring, "it is one of a series still"
    Same objItem.Type, "IPM.Appointment", "and an appointment"
    Same objItem.Fields(CdoPR_START_DATE).Value, #9/15/2027 14:00:00#, "its Fields have its times"
    Set objOther = objMessages.Item(3)
    Same objOther.Location & "," & objOther.Text & "," & objOther.BusyStatus, "hall,as always,2", "the others stay"
    Set objOther = objItem.GetRecurrencePattern.Parent
    Same objOther.Subject & "," & objOther.Location & "," & objOther.Text, "occ-team,hall,as always", "so does the series"
    Set objOther = objItem.CopyTo(objCalendar.ID)
    Same objOther.Subject & "," & objOther.IsRecurring, "occ-moved,False", "a copy of it is one appointment"
    Same objOther.StartTime, #9/15/2027 14:00:00#, "at its time"
    objOther.Delete
    Same objSession.CurrentUser.GetFreeBusy(#9/13/2027 9:00:00#, #9/13/2027 10:00:00#, 30), "00", "its old time is free"
    Same objSession.CurrentUser.GetFreeBusy(#9/15/2027 14:00:00#, #9/15/2027 16:30:00#, 30), "33330", "its new one is not"
End Sub

Sub ChangeAgain
    Dim objMessages, objItem, objSeries, objOther
    On Error Resume Next
    Set objItem = September().Item(2)
    objItem.StartTime = #9/14/2027 8:00:00#
    objItem.EndTime = #9/14/2027 8:45:00#
    objItem.Location = "hall"
    Err.Clear
    objItem.Update
    Check Err.Number = 0, "it is changed again"
    Set objItem = September().Item(4)
    objItem.Subject = "occ-last"
    objItem.Update
    Same Listed(September()), "team 6,moved 14,team 20,last 27,", "another one has changes of its own"
    Set objSeries = objItem.GetRecurrencePattern.Parent
    Same objSeries.Attachments.Count, 2, "each is one attachment of the series"
    Set objOther = objSeries.Attachments(2)
    Same objOther.Type, CdoEmbeddedMessage, "which is a message"
    Check objOther.Fields(PR_ATTACHMENT_HIDDEN), "hidden"
    Same objOther.Fields(PR_EXCEPTION_REPLACETIME), #9/27/2027 9:00:00#, "with the original time"
    Same objOther.Source.Type, "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}", "of the class of exceptions"
    Same objOther.Source.Subject, "occ-last", "and what was changed"
    Set objOther = Nothing
    objSeries.Location = "office"
    objSeries.Subject = "occ-group"
    objSeries.Update
    Set objMessages = September()
    Same Listed(objMessages), "group 6,moved 14,group 20,last 27,", "what one has of its own outlasts a change of the series"
    Same objMessages.Item(2).Location, "office", "what it has not follows the series"
    Same objMessages.Item(2).Text, "this time outside", "its text is its own"
    Same objMessages.Item(4).Text, "as always", "that of the other is not"
    Set objItem = objMessages.Item(3)
    objItem.Subject = "occ-thrown away"
    objItem.StartTime = #9/21/2027 9:00:00#
    objItem.Update False, True
    Same objItem.Subject & " " & Day(objItem.StartTime), "occ-group 20", "a refresh forgets what was not saved"
End Sub

Sub KeepOrder
    Dim objItem
    On Error Resume Next
    Set objItem = September().Item(2)
    objItem.EndTime = #9/20/2027 18:00:00#
    objItem.StartTime = #9/20/2027 17:00:00#
    Err.Clear
    objItem.Update
    Raised CdoE_INVALID_PARAMETER, "two occurrences are not on one day"
    Set objItem = September().Item(3)
    objItem.StartTime = #9/13/2027 9:00:00#
    Err.Clear
    objItem.Update
    Raised CdoE_INVALID_PARAMETER, "one does not pass the one before it"
    Set objItem = September().Item(2)
    Err.Clear
    objItem.ClearRecurrencePattern
    Raised CdoE_NO_SUPPORT, "one occurrence does not end its series"
    Same Listed(September()), "group 6,moved 14,group 20,last 27,", "and all stays as it was"
End Sub

Sub DeleteChanged
    Dim objItem, objSeries, objFirst
    On Error Resume Next
    Set objItem = September().Item(2)
    objItem.Delete
    Same Listed(September()), "group 6,group 20,last 27,", "a changed occurrence is deleted"
    Set objSeries = September().Item(1).GetRecurrencePattern.Parent
    Same objSeries.Attachments.Count, 1, "its attachment too"
    objSeries.GetRecurrencePattern.DayOfWeekMask = 4 ' Tuesdays
    objSeries.Update
    Same Listed(September()), "group 7,group 14,group 21,group 28,", "a new pattern forgets what was changed"
    Same objSeries.Attachments.Count, 0, "and its attachments"
    Set objFirst = September().Item(1)
    Set objItem = September().Item(2)
    September().Item(2).Delete
    objItem.Subject = "occ-gone"
    Err.Clear
    objItem.Update
    Raised CdoE_INVALID_OBJECT, "an occurrence that is gone is not changed"
    Set objSeries = objFirst.GetRecurrencePattern.Parent
    objSeries.ClearRecurrencePattern
    objSeries.Update
    objFirst.Subject = "occ-gone"
    objFirst.Update
    Raised CdoE_INVALID_OBJECT, "nor is one of what does not recur any more"
    objFirst.Delete
    Raised CdoE_INVALID_OBJECT, "which is not deleted either"
    objSeries.Delete
    Same September().Count, 0, "without the series there is none"
End Sub

' The series of MS-OXOCAL 4.1.1.2, which has an exception, without the attachment of it.
Sub ReadOutlooks
    Dim objItem, objPattern, objMessages, objFilter
    On Error Resume Next
    Set objItem = Add("occ-example", #3/26/2007 10:00:00#, #3/26/2007 10:30:00#)
    Set objPattern = objItem.GetRecurrencePattern
    objPattern.DayOfWeekMask = 50 ' Mondays, Thursdays and Fridays
    objPattern.Occurrences = 12
    objItem.Update
    objItem.Fields("0x8216", CdoPropSetID1).Value = _
        "043004300B2001000000C0210000010000000000000032000000222000000C0000000000000001000000A096BC0C01000000" & _
        "A096BC0C8020BC0C20ADBC0C0630000009300000580200007602000001003499BC0C5299BC0CF898BC0C1100220021005369" & _
        "6D706C6520526563757272656E6365207769746820657863657074696F6E730800070033342F343134310000000004000000" & _
        "00000000000000003499BC0C5299BC0CF898BC0C2100530069006D0070006C00650020005200650063007500720072006500" & _
        "6E006300650020007700690074006800200065007800630065007000740069006F006E0073000700330034002F0034003100" & _
        "340031000000000000000000"
    objItem.Update
    Set objMessages = objCalendar.Messages
    Set objFilter = objMessages.Filter
    objFilter.Fields.Add CdoPR_START_DATE, #4/21/2007#
    objFilter.Fields.Add CdoPR_END_DATE, #4/13/2007#
    Same objMessages.Count, 4, "a series of Outlook's is listed"
    Set objItem = objMessages.Item(2)
    Same objItem.StartTime, #4/16/2007 11:00:00#, "its changed occurrence where it is now"
    Same objItem.Subject, "Simple Recurrence with exceptions", "with what the pattern says of it"
    Same objItem.Location, "34/4141", "where its attachment is lost"
    Same objMessages.Item(3).Subject, "occ-example", "the others have that of the series"
    objItem.Location = "35/4141"
    objItem.Update
    Same objMessages.Item(2).Subject & " " & objMessages.Item(2).Location, "Simple Recurrence with exceptions 35/4141", _
        "and it can be changed again"
    objItem.GetRecurrencePattern.Parent.Delete
End Sub

Sub FilterByText
    Dim objMessages
    On Error Resume Next
    Set objMessages = RangeOf()
    objMessages.Filter.Subject = "series"
    Same Listed(objMessages), "series 15,series 29,", "further criteria hold for occurrences"
    objMessages.Filter.Subject = "plain"
    Same Listed(objMessages), "plain 16,", "and change with the filter"
End Sub

Sub ListEverything
    Dim objMessages
    On Error Resume Next
    Set objMessages = objCalendar.Messages
    objMessages.Filter.Subject = "occ-"
    Same objMessages.Count, 3, "without times a series is one item"
End Sub

' ---- what strangers' programs do ------------------------------------------------------------------------------
Sub UseStrangersHabits
    Dim objItem, objField, notDefined, objHidden, count, objOneOff
    On Error Resume Next
    Same objSession.GetDefaultFolder(notDefined).Name, objCalendar.Name, "an undefined constant is 0: the calendar"
    Set objItem = Add("occ-colour", #3/16/2027 12:00:00#, #3/16/2027 13:00:00#)
    objItem.Update
    Err.Clear
    Set objField = objItem.Fields.Item("0x8214", CdoPropSetID1)
    Raised CdoE_NOT_FOUND, "a named property that is not there is an error"
    Set objField = objItem.Fields.Add("0x8214", vbLong, 3, CdoPropSetID1)
    Same objField.Value, 3, "Add takes name, type, value and set"
    objItem.Fields.Add "0x8015", 11, "true", CdoPropSetID1
    Check objItem.Fields("0x8015", CdoPropSetID1).Value, "a text becomes a Boolean"
    objItem.Update True, True
    Same objItem.Fields("0x8214", CdoPropSetID1).Value, 3, "and is there after Update with refresh"
    Set objHidden = objCalendar.HiddenMessages.Add("", "", "IPM.Configuration.Occ")
    objHidden.Fields.Add &H7C080102, notDefined
    objHidden.Fields(&H7C080102).Value = "3C61"
    objHidden.Update
    count = 0
    For Each objItem In objCalendar.HiddenMessages
        If objItem.Type = "IPM.Configuration.Occ" Then
            If objItem.Fields(&H7C080102) = "3C61" Then count = count + 1
            objItem.Delete
        End If
    Next
    Same count, 1, "a hidden message keeps a binary property that was added without a value first"
    Set objOneOff = objSession.AddressLists(1).AddressEntries
    objOneOff.Filter.Fields.Add &H3001001E, "the"
    Same objOneOff.Count, 0, "a filter of the address book asks for the beginning of a name"
    Set objOneOff = objSession.AddressLists(1).AddressEntries
    objOneOff.Filter.Fields.Add &H3001001E, "oth"
    Same objOneOff.Count, 1, "which finds it"
    Same objSession.CurrentUser & "", objSession.CurrentUser.Name, "an object stands for its default property"
End Sub

Sub EndIt
    On Error Resume Next
    Clear
    objSession.Logoff
    Check True, "the session logs off"
End Sub
