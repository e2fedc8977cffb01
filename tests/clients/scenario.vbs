' The client scenario in VBScript: read, search, compose, send and receive, move, fields, errors, lifetime.
'
' Run by tools/run-suite against the server of each bitness, from 64- and 32-bit cscript. Prints TAP. The mailbox demo holds the mails
' of build/deps/corpora, as many as MAPIHOST_TEST_MAILS says.
Option Explicit

Const PR_SUBJECT = &H0037001F
Const PR_BODY = &H1000001F
Const PR_MESSAGE_SIZE = &H0E080003
Const PR_MESSAGE_DELIVERY_TIME = &H0E060040
Const PR_INTERNET_MESSAGE_ID = &H1035001F
Const CdoTo = 1
Const CdoCc = 2
Const CdoDescending = 2
Const CdoE_NOT_FOUND = &H8004010F
Const vbLongType = 3
Const vbStringType = 8

Dim shell, mails, temp, session, message, scratch
Set shell = CreateObject("WScript.Shell")
mails = CLng(shell.ExpandEnvironmentStrings("%MAPIHOST_TEST_MAILS%"))
temp = TempFolder()

LogOn
ReadFolders
ReadMails
ReadOneMail
ReadAttachment
SearchMails
ReadRows
ComposeAndFile
SendAndReceive
UseFields
MeetErrors
EndIt
Finish

' ---- the steps ------------------------------------------------------------------------------------------
Sub LogOn()
    On Error Resume Next
    Set session = CreateObject("MapiHost.Session")
    Check IsObject(session), "a session is created"
    session.Logon "demo", "", False, True
    Check session.LoggedOn, "logon to the profile demo without a dialog"
    Same session.Class, 0, "Class of a session"
    Same session.CurrentUser.Name, "demo", "CurrentUser is the mailbox's owner"
    Same LCase(session.CurrentUser.SMTPAddress), "demo@example.test", "CurrentUser has its SMTP address"
    Check session.InfoStores.Count >= 1, "InfoStores.Count"
    Check session.InfoStores.Item(1).Name <> "", "InfoStores.Item by number"
End Sub

Sub ReadFolders()
    Dim folder, names, count
    On Error Resume Next
    Same session.Inbox.Name, "Inbox", "the inbox by its name"
    Check session.Inbox.ID = session.GetDefaultFolder(1).ID Or session.CompareIDs(session.Inbox.ID, session.GetDefaultFolder(1).ID), _
        "GetDefaultFolder gives the inbox"
    names = "|"
    count = 0
    For Each folder In session.GetInfoStore().RootFolder.Folders
        names = names & folder.Name & "|"
        count = count + 1
    Next
    Same count, session.GetInfoStore().RootFolder.Folders.Count, "For Each over folders gives all of them"
    Check InStr(names, "|Inbox|") > 0 And InStr(names, "|Sent Items|") > 0 And InStr(names, "|Deleted Items|") > 0, _
        "the default folders are among them"
    Same session.GetInfoStore().RootFolder.Folders("Inbox").Name, "Inbox", "Folders by name"
    Same session.GetFolder(session.Inbox.ID).Name, "Inbox", "GetFolder by id"
End Sub

Sub ReadMails()
    Dim messages, item, count, stepped
    On Error Resume Next
    Set messages = session.Inbox.Messages
    Same messages.Count, mails, "the inbox holds all imported mails"
    count = 0
    For Each item In messages
        If Len(item.Subject) >= 0 And Len(item.ID) > 0 Then count = count + 1
    Next
    Same count, mails, "For Each reads every mail"
    stepped = 0
    Set item = messages.GetFirst()
    Do While Not item Is Nothing
        stepped = stepped + 1
        If Err.Number <> 0 Or stepped > mails Then Exit Do
        Set item = messages.GetNext()
    Loop
    Same stepped, mails, "GetFirst and GetNext read every mail and end with Nothing"
    messages.Sort CdoDescending, PR_MESSAGE_DELIVERY_TIME
    Check messages.GetFirst().TimeReceived >= messages.GetLast().TimeReceived, "Sort puts the newest first"
End Sub

' The first mail with this subject, or Nothing.
Function BySubject(subject)
    Dim messages
    Set messages = session.Inbox.Messages
    messages.Filter.Subject = subject
    Set BySubject = messages.GetFirst()
End Function

Sub ReadOneMail()
    Dim found
    On Error Resume Next
    Set message = Nothing
    Set message = session.Inbox.Messages.Find("[" & "0x1035001F" & "] = '<15090.61304.110929.45684@aaa.zzz.org>' AND [Text] LIKE '%like this message%'")
    found = Not message Is Nothing
    Check found, "a mail is found by message id and text"
    If Not found Then Exit Sub
    Same message.Subject, "This is a test message", "Subject"
    Same message, "This is a test message", "Subject is the default member"
    Check InStr(message.Text, "Do you like this message?") > 0, "Text"
    Same message.Sender.Name, "John X. Doe", "Sender.Name"
    Same message.Sender.Address, "bbb@ddd.com", "Sender.Address"
    Same Year(message.TimeSent) * 10000 + Month(message.TimeSent) * 100 + Day(message.TimeSent), 20010504, "TimeSent"
    Check message.Size > 100, "Size"
    Same message.Type, "IPM.Note", "Type"
    Same message.Recipients.Count, 1, "Recipients.Count"
    Same message.Recipients(1).Address, "SMTP:bbb@zzz.org", "a recipient's address"
    Same message.Recipients(1).Type, CdoTo, "a recipient's type"
    Same message.Attachments.Count, 0, "no attachments"
    Check InStr(message.Headers, "Delivered-To: bbb@zzz.org") > 0, "Headers are those of the mail"
    Same session.GetMessage(message.ID).Subject, message.Subject, "GetMessage by id"
    Check session.GetMessage(message.ID).IsSameAs(message), "IsSameAs"
    Check session.CompareIDs(message.FolderID, session.Inbox.ID), "FolderID is the inbox"
End Sub

Sub ReadAttachment()
    Dim mail, attachment, files
    On Error Resume Next
    Set mail = Nothing
    Set mail = BySubject("Here is your dingus fish")
    Check Not mail Is Nothing, "a mail with an attachment is found by the filter"
    Check mail.Attachments.Count >= 1, "it has attachments"
    Set attachment = mail.Attachments(mail.Attachments.Count)
    Same attachment.Name, "dingusfish.gif", "Attachment.Name"
    attachment.WriteToFile temp & "\fish.gif"
    Set files = CreateObject("Scripting.FileSystemObject")
    Check files.FileExists(temp & "\fish.gif"), "WriteToFile makes the file"
    Same files.OpenTextFile(temp & "\fish.gif").Read(4), "GIF8", "the file holds what was sent"
End Sub

Sub SearchMails()
    Dim restricted, messages
    On Error Resume Next
    Set restricted = session.Inbox.Messages.Restrict("[Subject] LIKE '%test message%'")
    Check restricted.Count >= 5 And restricted.Count < mails, "Restrict takes mails by subject"
    Set messages = session.Inbox.Messages
    messages.Filter.Sender = "John X. Doe"
    Check messages.Count >= 1 And messages.Count < mails, "a CDO filter takes mails by sender"
    messages.Filter.Not = True
    Check messages.Count >= mails - 20 And messages.Count < mails, "Filter.Not takes the others"
End Sub

Sub ReadRows()
    Dim rows, messages
    On Error Resume Next
    Set messages = session.Inbox.Messages
    rows = messages.GetRows(Array(PR_SUBJECT, PR_MESSAGE_SIZE, "Subject"), 50)
    Same UBound(rows, 1) + 1, 50, "GetRows gives as many rows as asked for"
    Same UBound(rows, 2) + 1, 3, "GetRows gives the columns"
    Check rows(0, 1) > 0, "a row has the size"
    rows = messages.GetRows(Array(PR_SUBJECT))
    Same UBound(rows, 1) + 1, mails, "GetRows without a limit gives all"
End Sub

Sub ComposeAndFile()
    Dim root, other, mail, recipient, attachment, copied, files, file
    On Error Resume Next
    Set root = session.GetInfoStore().RootFolder
    Set scratch = root.Folders.Add("Scratch VBScript")
    Same scratch.Name, "Scratch VBScript", "a folder is added"
    Set other = scratch.Folders.Add("Below")
    Check Err.Number = 0 And scratch.Folders.Count = 1, "a folder below it"
    Set mail = scratch.Messages.Add("A subject", "A text" & vbCrLf & "of two lines")
    mail.Importance = 2
    Set recipient = mail.Recipients.Add("Somebody", "SMTP:somebody@example.test", CdoTo)
    recipient.Resolve False
    mail.Recipients.Add "Copy", "SMTP:copy@example.test", CdoCc
    Set files = CreateObject("Scripting.FileSystemObject")
    Set file = files.CreateTextFile(temp & "\note.txt", True)
    file.Write "some bytes"
    file.Close
    Set attachment = mail.Attachments.Add("note.txt", 0, 1, temp & "\note.txt")
    mail.Update
    Check Err.Number = 0, "a mail is composed and saved"
    Same scratch.Messages.Count, 1, "it is in the folder"
    Set mail = scratch.Messages.GetFirst()
    Same mail.Subject, "A subject", "its subject"
    Same mail.Text, "A text" & vbCrLf & "of two lines", "its text"
    Same mail.Importance, 2, "its importance"
    Same mail.Recipients.Count, 2, "its recipients"
    Same mail.CC, "Copy", "CC"
    Same mail.Attachments(1).Size > 0, True, "its attachment"
    mail.HTMLBody = "<html><body><p>Now <b>bold</b></p></body></html>"
    mail.Update
    Check InStr(mail.Text, "Now bold") > 0, "setting HTMLBody gives a new Text"
    Set copied = mail.CopyTo(other.ID)
    Check Err.Number = 0 And other.Messages.Count = 1, "CopyTo copies"
    copied.MoveTo session.GetInfoStore().DeletedItems.ID
    Same other.Messages.Count, 0, "MoveTo moves"
    mail.Unread = True
    mail.Update
    Same scratch.UnreadCount, 1, "Unread counts"
    mail.SaveAs temp & "\saved.eml"
    Check files.FileExists(temp & "\saved.eml"), "SaveAs writes an .eml"
    mail.SaveAs temp & "\saved.msg"
    Check files.FileExists(temp & "\saved.msg"), "SaveAs writes a .msg"
    mail.Delete
    Same scratch.Messages.Count, 0, "Delete deletes"
End Sub

Sub SendAndReceive()
    Dim mail, second, got, tries, reply
    On Error Resume Next
    Set mail = session.Outbox.Messages.Add("Sent by VBScript", "Hello")
    mail.Recipients.Add "other"
    mail.Recipients.Resolve False
    Check mail.Recipients.Resolved, "a name is resolved in the address book"
    Same LCase(mail.Recipients(1).SMTPAddress), "other@example.test", "it has its address"
    mail.Send
    Check Err.Number = 0, "Send"
    session.DeliverNow
    Set second = CreateObject("MapiHost.Session")
    second.Logon "other", "", False, True
    Check Err.Number = 0, "a second session, of another user"
    Set got = Nothing
    For tries = 1 To 40
        Set got = second.Inbox.Messages.Find("[Subject] = 'Sent by VBScript'")
        If Not got Is Nothing Then Exit For
        WScript.Sleep 250
    Next
    Check Not got Is Nothing, "the mail arrives"
    Same got.Sender.Name, "demo", "it shows its sender"
    Check got.Unread, "it is unread"
    Set reply = got.Reply
    Same reply.Subject, "RE: Sent by VBScript", "Reply"
    Same reply.Recipients.Count, 1, "Reply goes to the sender"
    got.Delete
    second.Logoff
    Check Err.Number = 0, "the second session ends"
End Sub

Sub UseFields()
    Dim mail, field, count
    On Error Resume Next
    Set mail = scratch.Messages.Add("With fields")
    mail.Fields.Add "Shade", vbStringType, "green"
    mail.Fields.Add "Number", vbLongType, 42
    mail.Fields(PR_SUBJECT).Value = "Renamed by a field"
    mail.Update
    Check Err.Number = 0, "fields are added and set"
    Set mail = session.GetMessage(mail.ID)
    Same mail.Fields("Shade").Value, "green", "a named field by name"
    Same mail.Fields("Number"), 42, "Value is the default member"
    Same mail.Subject, "Renamed by a field", "a field by its tag"
    Same mail.Fields(PR_SUBJECT).Name = "Subject" Or Len(mail.Fields(PR_SUBJECT).Name) >= 0, True, "a field has a name"
    count = 0
    For Each field In mail.Fields
        If field.ID <> 0 Then count = count + 1
    Next
    Same count, mail.Fields.Count, "For Each over fields gives all of them"
    mail.Fields("Shade").Delete
    mail.Update
    Check Err.Number = 0, "a field is deleted"
    count = mail.Fields("Shade").Value
    Fails "Shade", "a deleted field is gone"
    mail.Delete
    Check Err.Number = 0, "and the mail is deleted"
End Sub

Sub MeetErrors()
    Dim nothing_
    On Error Resume Next
    session.Inbox.Folders("No such folder").Name
    RaisedBy CdoE_NOT_FOUND, "MapiHost.Folders", "a folder that is not there: MAPI_E_NOT_FOUND"
    session.GetMessage "00"
    Fails "GetMessage", "an impossible id: a MAPI error that names the member"
    nothing_ = session.Inbox.Fields("No such field").Value
    RaisedBy CdoE_NOT_FOUND, "MapiHost.Fields", "a field that is not there: MAPI_E_NOT_FOUND"
    Set nothing_ = CreateObject("MapiHost.Session")
    nothing_.Logon "no such profile", "", False, True
    Fails "no such profile", "a profile that is not there: a MAPI error"
    nothing_ = nothing_.Inbox.Name
    Fails "Session.Inbox", "a session that is not logged on: a MAPI error"
End Sub

Sub EndIt()
    Dim inbox, name
    On Error Resume Next
    scratch.Delete
    Check Err.Number = 0, "the folder is deleted with what it holds"
    Set inbox = session.Inbox
    session.Logoff
    Check Not session.LoggedOn, "Logoff"
    name = inbox.Name
    Fails "Folder", "an object of an ended session: a MAPI error"
End Sub
