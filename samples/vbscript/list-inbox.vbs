' Shows the folders of a mailbox with their counts, and a table of the newest mails.
'
' Usage: cscript //nologo list-inbox.vbs [profile] [how many, default 20]
'
' The folder walk uses CDO 1.21 members only. The table takes its rows from one GetRows call per folder: a call per message and
' column would cost a process switch each.
Option Explicit

Const PR_MESSAGE_DELIVERY_TIME = &H0E060040
Const PR_SENDER_NAME = &H0C1A001F
Const PR_SUBJECT = &H0037001F
Const PR_MESSAGE_SIZE = &H0E080003
Const PR_HASATTACH = &H0E1B000B
Const CdoDescending = 2

Dim profile, wanted, session, store, newest, known
profile = ""
wanted = 20
If WScript.Arguments.Count > 0 Then profile = WScript.Arguments(0)
If WScript.Arguments.Count > 1 Then wanted = CLng(WScript.Arguments(1))

Set session = CreateObject("MapiHost.Session")
session.Logon profile, "", False, True
Set store = session.GetInfoStore()
WScript.Echo store.Name & ", opened as " & session.CurrentUser.Name

ReDim newest(wanted - 1)
known = 0
WScript.Echo ""
WScript.Echo Column("Messages", -8) & "  " & Column("Unread", -6) & "  Folder"
Visit store.RootFolder, 0
WScript.Echo ""
ListNewest
session.Logoff

' Prints one folder and those below it, and remembers its newest mails.
Sub Visit(folder, depth)
    Dim child, messages
    Set messages = folder.Messages
    WScript.Echo Column(messages.Count, -8) & "  " & Column(folder.UnreadCount, -6) & "  " & Space(depth * 2) & folder.Name
    messages.Sort CdoDescending, PR_MESSAGE_DELIVERY_TIME
    Remember messages.GetRows(Array(PR_MESSAGE_DELIVERY_TIME, PR_SENDER_NAME, PR_SUBJECT, PR_MESSAGE_SIZE, _
        PR_HASATTACH), wanted), messages
    For Each child In folder.Folders
        Visit child, depth + 1
    Next
End Sub

' Merges the rows of a collection, newest first, into the newest ones known so far.
Sub Remember(rows, messages)
    Dim i, place, j
    For i = 0 To UBound(rows, 1)
        If IsNull(rows(i, 0)) Then Exit For
        place = known
        Do While place > 0
            If newest(place - 1)(0) >= rows(i, 0) Then Exit Do
            place = place - 1
        Loop
        If place >= wanted Then Exit For
        If known < wanted Then known = known + 1
        For j = known - 1 To place + 1 Step -1
            newest(j) = newest(j - 1)
        Next
        newest(place) = Array(rows(i, 0), rows(i, 1), rows(i, 2), rows(i, 3), rows(i, 4), messages, i + 1)
    Next
End Sub

' Prints the table; only messages with attachments are opened, to count them.
Sub ListNewest()
    Dim i, attachments
    WScript.Echo Column("Date", 16) & "  " & Column("Sender", 24) & "  " & Column("Subject", 44) & "  " & Column("Size", -9) & "  Attachments"
    For i = 0 To known - 1
        attachments = ""
        If newest(i)(4) Then attachments = newest(i)(5).Item(newest(i)(6)).Attachments.Count
        WScript.Echo Column(DateText(newest(i)(0)), 16) & "  " & Column(newest(i)(1), 24) & "  " & Column(newest(i)(2), 44) & "  " & _
            Column(newest(i)(3), -9) & "  " & attachments
    Next
End Sub

' A date as 2026-01-31 09:05, whatever the machine's language.
Function DateText(value)
    DateText = Year(value) & "-" & Two(Month(value)) & "-" & Two(Day(value)) & " " & Two(Hour(value)) & ":" & Two(Minute(value))
End Function

Function Two(number)
    Two = Right("0" & number, 2)
End Function

' The value as text of this width; a negative width aligns to the right. Null and line breaks become spaces.
Function Column(value, width)
    Dim text
    text = ""
    If Not IsNull(value) Then text = Replace(Replace(CStr(value), vbCr, " "), vbLf, " ")
    If width < 0 Then
        Column = Right(Space(-width) & text, -width)
    Else
        Column = Left(text & Space(width), width)
    End If
End Function
