' Recipients, the address book, message filters and attachments, used as programs for CDO 1.21 use them.
'
' Run by tools/run-suite against the server of each bitness, from 64- and 32-bit cscript. Prints TAP.
Option Explicit

Const CdoTo = 1
Const CdoCc = 2
Const CdoBcc = 3
Const CdoFileData = 1
Const CdoFileLink = 2
Const CdoEmbeddedMessage = 4
Const CdoAddressListGAL = 0
Const CdoAddressListPAB = 1
Const CdoUser = 0
Const CdoPR_SUBJECT = &H0037001E
Const CdoPR_DISPLAY_NAME = &H3001001E
Const CdoPR_IMPORTANCE = &H00170003
Const CdoPR_HOME_TELEPHONE_NUMBER = &H3A09001E
Const CdoE_NOT_FOUND = &H8004010F
Const CdoPrivateDistList = 5
Const CdoE_MISSING_REQUIRED_COLUMN = &H80040202
Const CdoE_INVALID_PARAMETER = &H80070057
Const CdoE_OBJECT_DELETED = &H8004010A

Dim temp, objSession, objFolder
temp = TempFolder()

LogOn
UseRecipients
ResolveNames
WalkAddressBook
KeepPersonalEntries
SendToPersonalEntry
FilterMessages
AttachFiles
EmbedMessages
EndIt
Finish

' ---- steps -------------------------------------------------------------------------------------------------
Sub LogOn
    On Error Resume Next
    Set objSession = LoggedOn("demo")
    Check True, "a session logs on"
    objSession.Inbox.Folders("cdo-people").Delete ' of a run that was broken off
    Err.Clear
    Set objFolder = objSession.Inbox.Folders.Add("cdo-people")
    Same objFolder.Name, "cdo-people", "a folder for the tests is made"
End Sub

Sub UseRecipients
    Dim objMessage, objRecipients, objRecipient, objSame, names, item
    On Error Resume Next
    Set objMessage = objFolder.Messages.Add("To many")
    Set objRecipients = objMessage.Recipients
    Same objRecipients.Count, 0, "a new message has no recipients"
    Set objRecipient = objRecipients.Add
    objRecipient.Name = "other"
    objRecipient.Type = CdoTo
    Same objRecipients.Count, 1, "Add without arguments makes a recipient to fill"
    Same objRecipient.Index, 1, "its Index is the new Count"
    Check objRecipient.AddressEntry Is Nothing, "an unresolved recipient has no AddressEntry"
    Check Not objRecipients.Resolved, "Resolved is False before Resolve"
    objRecipient.Resolve
    Check objRecipients.Resolved, "Resolve finds a name in the address book"
    Same objRecipient.AddressEntry.Name, "other", "a resolved recipient has an AddressEntry"
    Same objRecipient.Address, objRecipient.AddressEntry.Type & ":" & objRecipient.AddressEntry.Address, "Address is type, colon, address"
    Same objRecipient.DisplayType, CdoUser, "DisplayType of a user"
    Same objRecipient.SMTPAddress, "other@example.test", "SMTPAddress of a user"
    Same objRecipient.ID, objRecipient.AddressEntry.ID, "ID is that of the AddressEntry"

    Set objSame = objRecipients.Add(, , CdoCc, objRecipient.ID)
    Same objSame.Name, "other", "Add by EntryID takes the entry's name"
    Same objSame.Type, CdoCc, "Add by EntryID takes the type"
    Check objSame.IsSameAs(objRecipient), "IsSameAs compares address entries"
    Set objSame = objRecipients.Add("Jane Doe", "SMTP:jane@example.com", CdoBcc)
    Same objSame.Address, "SMTP:jane@example.com", "a full address is kept"
    Check objSame.AddressEntry Is Nothing, "an address is not resolved by itself"
    objSame.Resolve False
    Same objSame.AddressEntry.Address, "jane@example.com", "Resolve makes a one-off entry of an address"
    Same objSame.AddressEntry.Type, "SMTP", "a one-off entry has its type"
    Same objSame.Name, "Jane Doe", "a one-off entry keeps the name"
    Set objSame = objRecipients.Add("joe@example.com")
    objSame.Resolve
    Same objSame.Address, "SMTP:joe@example.com", "a name that is an address resolves to it"
    Check Not objSame.IsSameAs(objRecipient), "IsSameAs tells others apart"

    objRecipients.AddMultiple "Jim Doe <jim@example.com>; jack@example.com;Jill[SMTP:jill@example.com]", CdoCc
    Same objRecipients.Count, 7, "AddMultiple adds each of a list"
    objRecipients.Resolve
    Check objRecipients.Resolved, "Resolve resolves them all"
    Same objRecipients(5).Name, "Jim Doe", "a name before an address"
    Same objRecipients.Item(7).Address, "SMTP:jill@example.com", "an address in brackets"
    Same objRecipients("Jane Doe").Type, CdoBcc, "Item by name"
    names = ""
    For Each item In objRecipients
        names = names & item.Type
    Next
    Same names, "1231222", "For Each goes through all"
    objMessage.Update
    Set objMessage = objSession.GetMessage(objMessage.ID)
    Same objMessage.Recipients.Count, 7, "recipients are there after Update"
    Same objMessage.Recipients(3).Name, "Jane Doe", "in their order"
    Same objMessage.Recipients(3).Type, CdoBcc, "with their types"
    objMessage.Recipients(3).Delete
    Same objMessage.Recipients.Count, 6, "Delete takes one out"
    Set objRecipient = objMessage.Recipients(1)
    Same objRecipient.Fields(CdoPR_DISPLAY_NAME).Value, "other", "Fields of a recipient"
    objMessage.Recipients.Delete
    Same objMessage.Recipients.Count, 0, "Delete of the collection takes all out"
    item = objRecipient.Name
    Raised CdoE_OBJECT_DELETED, "a deleted recipient answers an error"
    objMessage.Update
    Same objSession.GetMessage(objMessage.ID).Recipients.Count, 0, "and they are gone after Update"
    Set objRecipient = objMessage.Recipients.Add("x", "SMTP:x@example.com", 9)
    Raised CdoE_INVALID_PARAMETER, "a wrong type is refused"
    Set objRecipient = objMessage.Recipients.Item(3)
    Raised CdoE_NOT_FOUND, "an index beyond the end is not found"
    objMessage.Delete
    Check True, "the message is deleted"
End Sub

Sub ResolveNames
    Dim objMessage, objRecipient
    On Error Resume Next
    Set objMessage = objFolder.Messages.Add("Names")
    Set objRecipient = objMessage.Recipients.Add("nobody of this name")
    objMessage.Recipients.Resolve False
    Raised CdoE_NOT_FOUND, "Resolve of an unknown name is an error"
    Check Not objMessage.Recipients.Resolved, "and Resolved stays False"
    Same objMessage.Recipients.GetFirstUnresolved.Name, "nobody of this name", "GetFirstUnresolved finds it"
    Check objMessage.Recipients.GetNextUnresolved Is Nothing, "GetNextUnresolved answers Nothing at the end"
    Check objRecipient.AmbiguousNames Is Nothing, "AmbiguousNames is Nothing when nobody matches"
    objRecipient.ID = objSession.CurrentUser.ID
    Same objRecipient.Name, "demo", "setting ID resolves"
    Set objRecipient.AddressEntry = objSession.GetAddressList(CdoAddressListGAL).AddressEntries("other")
    Same objRecipient.Name, "other", "setting AddressEntry resolves"
    Set objRecipient.AddressEntry = Nothing
    Check objRecipient.AddressEntry Is Nothing, "Nothing makes it unresolved"
End Sub

Sub WalkAddressBook
    Dim objList, objEntries, objEntry, count, found, names
    On Error Resume Next
    Check objSession.AddressLists.Count >= 1, "there are address lists"
    Set objList = objSession.GetAddressList(CdoAddressListGAL)
    Same objList.Class, 7, "an AddressList says what it is"
    Same objSession.AddressLists(objList.Name).ID, objList.ID, "an AddressList by name"
    Check objList.IsReadOnly, "the global list is read-only"
    Set objEntries = objList.AddressEntries
    Check objEntries.Count >= 2, "it has entries"
    count = 0
    names = ""
    Set objEntry = objEntries.GetFirst
    Do While Not objEntry Is Nothing And count < 100
        count = count + 1
        names = names & objEntry.Name & ";"
        Set objEntry = objEntries.GetNext
    Loop
    Same count, objEntries.Count, "GetFirst and GetNext go through all"
    Check InStr(names, "demo;") > 0 And InStr(names, "other;") > 0, "the users are among them"
    found = 0
    For Each objEntry In objEntries
        found = found + 1
    Next
    Same found, count, "For Each goes through all"
    Same objEntries.Item("oth").Name, "other", "Item by a text: the entry that sorts at or behind it"
    Same objSession.GetAddressList(CdoAddressListGAL).AddressEntries("demo").Name, "demo", "the same one where the text is a name"
    Set objEntry = objEntries.Item("zzzz")
    Raised CdoE_NOT_FOUND, "Item behind all of them is not found"
    Same objEntries.Item(objSession.CurrentUser.ID).Name, "demo", "Item by ID"
    Same objEntries.GetLast.ID, objEntries(count).ID, "GetLast is the last by number"
    Set objEntry = objEntries.GetPrevious
    Same objEntry.ID, objEntries(count - 1).ID, "GetPrevious goes back"
    objEntries.Filter.Name = "demo"
    Same objEntries.Count, 1, "a filter by name"
    Same objEntries.GetFirst.Name, "demo", "finds the entry"
    Set objEntries.Filter = Nothing
    Same objEntries.Count, count, "Nothing takes the filter away"
    objEntries.Filter.Fields.Add CdoPR_DISPLAY_NAME, "oth"
    Same objEntries.GetFirst.Name, "other", "a filter by a field"
    Set objEntry = objSession.GetAddressEntry(objSession.CurrentUser.ID)
    Check objEntry.IsSameAs(objSession.CurrentUser), "GetAddressEntry opens by ID"
    Same objEntry.SMTPAddress, "demo@example.test", "SMTPAddress of an entry"
    Check objEntry.Members Is Nothing, "a person has no Members"
    Check objEntry.Manager Is Nothing, "nor a Manager here"
    Same objEntry.Fields(CdoPR_DISPLAY_NAME), "demo", "Fields of an entry"
    Set objEntry = objSession.GetAddressEntry("00")
    Refused "a wrong ID is refused"
End Sub

Sub KeepPersonalEntries
    Dim objList, objEntries, objEntry, objOther, id, names
    On Error Resume Next
    Set objList = objSession.GetAddressList(CdoAddressListPAB)
    Same objList.Name, "Personal Address Book", "there is a personal address book"
    Same objSession.AddressLists("Personal Address Book").ID, objList.ID, "the same by name"
    Check Not objList.IsReadOnly, "it can be changed"
    Set objEntries = objList.AddressEntries
    objEntries.Delete
    Same objEntries.Count, 0, "Delete of the collection empties it"

    Set objEntry = objEntries.Add("SMTP", "Fred Smith", "freds@example.com")
    Same objEntry.Name & "|" & objEntry.Type & "|" & objEntry.Address, "Fred Smith|SMTP|freds@example.com", "Add makes an entry"
    Same objEntry.ID, "", "that has no ID yet"
    Same objEntries.Count, 0, "and is not there"
    objEntry.Fields.Add CdoPR_HOME_TELEPHONE_NUMBER, "555-0100"
    objEntry.Update
    Same objEntries.Count, 1, "until its Update"
    id = objEntry.ID
    Same objSession.GetAddressEntry(id).Name, "Fred Smith", "then it has an ID"
    Same objSession.GetAddressEntry(id).Fields(CdoPR_HOME_TELEPHONE_NUMBER), "555-0100", "and its Fields"
    Same objEntry.DisplayType, CdoUser, "it is a user"
    Same objEntry.SMTPAddress, "freds@example.com", "with an SMTPAddress"

    objEntry.Name = "Frederick Smith"
    objEntry.Address = "frederick@example.com"
    objEntry.Update False
    Same objSession.GetAddressEntry(id).Name, "Fred Smith", "Update False saves nothing"
    objEntry.Update True, True
    Same objEntry.Name, "Frederick Smith", "Update True, True saves and reads again"
    Same objSession.GetAddressEntry(id).Address, "frederick@example.com", "what was set is kept"
    objEntry.Name = "Another Name"
    objEntry.Update False, True
    Same objEntry.Name, "Frederick Smith", "Update False, True takes changes back"
    Set objOther = objEntries.Add("FAX", "Zoe", "+1 555 0199")
    objOther.Update
    Same objEntries(2).Type, "FAX", "an entry of another address type"
    objOther.Type = "SMTP"
    objOther.Address = "zoe@example.com"
    objOther.Update
    Same objSession.GetAddressEntry(objOther.ID).Type & ":" & objOther.SMTPAddress, "SMTP:zoe@example.com", "Type can be set"
    Set objOther = objEntries.Add("SMTP")
    objOther.Update
    Raised CdoE_MISSING_REQUIRED_COLUMN, "an entry without name and address is refused"
    objOther.Name = "Martha"
    objOther.Update
    Check True, "and is saved when it has a name"
    Set objOther = objEntries.Add("")
    Raised CdoE_INVALID_PARAMETER, "Add without an address type is refused"
    names = ""
    For Each objOther In objSession.GetAddressList(CdoAddressListPAB).AddressEntries
        names = names & objOther.Name & ";"
    Next
    Same names, "Frederick Smith;Martha;Zoe;", "the entries are in the order of their names"
    Set objEntries = objList.AddressEntries
    Same objEntries.Item("Frederick").Name, "Frederick Smith", "Item by the beginning of a name"
    Same objEntries.Item("Frederick").Name, "Martha", "Item again goes on from there"
    Same objEntries.GetFirst.Name, "Frederick Smith", "GetFirst goes back"
    Same objEntries.GetNext.Name, "Martha", "GetNext of the next"
    objEntries.Filter.Name = "zo"
    Same objEntries.Count, 1, "a filter by name"
    Set objEntries.Filter = Nothing
    objEntries.Item("Martha").Delete
    Same objEntries.Count, 2, "AddressEntry.Delete takes one out"
    objSession.GetAddressEntry(id).Delete
    Same objEntries.Count, 1, "also one that was opened by ID"
    Set objOther = objSession.GetAddressEntry(id)
    Raised CdoE_NOT_FOUND, "which is not found any more"
    objEntry.Delete
    Raised CdoE_NOT_FOUND, "and cannot be deleted twice"
End Sub

Sub SendToPersonalEntry
    Dim objEntry, objMessage, objRecipient, objOther
    On Error Resume Next
    Set objEntry = objSession.GetAddressList(CdoAddressListPAB).AddressEntries.Add("SMTP", "Remote Friend", "friend@example.com")
    objEntry.Update
    Set objMessage = objFolder.Messages.Add("To a friend", "x")
    Set objRecipient = objMessage.Recipients.Add("Remote Friend")
    objRecipient.Resolve
    Same objRecipient.Address, "SMTP:friend@example.com", "Resolve finds a personal entry"
    Check objRecipient.AddressEntry.IsSameAs(objEntry), "and it is that one"
    Set objOther = objMessage.Recipients.Add(, , CdoCc, objEntry.ID)
    Same objOther.Address, "SMTP:friend@example.com", "a recipient by its ID"
    objMessage.Update
    Same objSession.GetMessage(objMessage.ID).Recipients(1).AddressEntry.Name, "Remote Friend", "the message keeps it"
    Set objEntry = objSession.GetAddressList(CdoAddressListPAB).AddressEntries.Add("MAPIPDL", "Friends")
    objEntry.Update
    Same objEntry.DisplayType, CdoPrivateDistList, "Add MAPIPDL makes a private distribution list"
    Set objOther = objEntry.Members.Add("SMTP", "Second Friend", "second@example.com")
    objOther.Update
    Set objOther = objEntry.Members.Add("SMTP", "Third Friend", "third@example.com")
    objOther.Update
    Same objSession.GetAddressEntry(objEntry.ID).Members.Count, 2, "with Members"
    objEntry.Members.Item("Third Friend").Delete
    Same objEntry.Members.Count, 1, "that can be deleted"
    objMessage.Recipients.Delete
    Set objRecipient = objMessage.Recipients.Add("Friends")
    objRecipient.Resolve
    Same objRecipient.DisplayType, CdoPrivateDistList, "and a recipient"
    objSession.GetAddressList(CdoAddressListPAB).AddressEntries.Delete
    Same objSession.GetAddressList(CdoAddressListPAB).AddressEntries.Count, 0, "the book is empty again"
    objMessage.Delete
    Check True, "the message is deleted"
End Sub

Sub FilterMessages
    Dim objMessages, objFilter, objMessage, i
    On Error Resume Next
    For i = 1 To 6
        Set objMessage = objFolder.Messages.Add("Filter number " & i, "text " & i, , i Mod 3)
        objMessage.Unread = (i > 3)
        objMessage.Update
    Next
    Set objMessages = objFolder.Messages
    Same objMessages.Count, 6, "six messages to filter"
    Set objFilter = objMessages.Filter
    Same objFilter.Class, 10, "a MessageFilter says what it is"
    Check IsEmpty(objFilter.Subject), "an unset criterion is Empty"
    objFilter.Subject = "NUMBER 4"
    Same CountThem(objMessages), 1, "a filter by part of the subject, whatever its case"
    Same objMessages.GetFirst.Subject, "Filter number 4", "finds the message"
    objFilter.Subject = Empty
    Same CountThem(objMessages), 6, "Empty takes the criterion away"
    objFilter.Importance = 2
    Same CountThem(objMessages), 2, "a filter by importance"
    objFilter.Text = "text 5"
    Same CountThem(objMessages), 1, "two criteria are joined by And"
    objFilter.Or = True
    objFilter.Text = "text 6"
    Same CountThem(objMessages), 3, "or by Or"
    objFilter.Not = True
    Same CountThem(objMessages), 3, "and turned round by Not"
    Set objMessages.Filter = Nothing
    Same CountThem(objMessages), 6, "Set Filter = Nothing"
    objMessages.Filter.Unread = True
    Same CountThem(objMessages), 3, "a filter by Unread"
    Set objMessages.Filter = Nothing
    objMessages.Filter.Fields.Add CdoPR_SUBJECT, "number 2"
    Same CountThem(objMessages), 1, "a filter by a field"
    Set objMessages.Filter = Nothing
    objMessages.Filter.Type = "IPM.Nothing"
    Check objMessages.GetFirst Is Nothing, "a filter that nothing passes"
    objMessages.Filter.Size = "many"
    Refused "a criterion of a wrong type is refused"
End Sub

Function CountThem(objMessages)
    Dim objMessage
    CountThem = 0
    Set objMessage = objMessages.GetFirst
    Do While Not objMessage Is Nothing
        CountThem = CountThem + 1
        Set objMessage = objMessages.GetNext
    Loop
End Function

Sub AttachFiles
    Dim fso, file, objMessage, objAttachment, item, names
    On Error Resume Next
    Set fso = CreateObject("Scripting.FileSystemObject")
    Set file = fso.CreateTextFile(temp & "\report of May.txt", True)
    file.Write "twenty bytes of text"
    file.Close
    Set objMessage = objFolder.Messages.Add("With attachments", "See the files.")
    Set objAttachment = objMessage.Attachments.Add
    objAttachment.Name = "report.txt"
    objAttachment.Type = CdoFileData
    objAttachment.Position = -1
    objAttachment.ReadFromFile temp & "\report of May.txt"
    Check True, "ReadFromFile fills an attachment"
    Same objMessage.Attachments.Count, 1, "it counts"
    Set objAttachment = objMessage.Attachments.Add("report of May.txt", 0, CdoFileData, temp & "\report of May.txt")
    Same objAttachment.Index, 2, "Add with a Source reads the file"
    Set objAttachment = objMessage.Attachments.Add("linked.txt", -1, CdoFileLink, "\\server\share\linked.txt")
    Same objAttachment.Source, "\\server\share\linked.txt", "a link keeps its path"
    objMessage.Update
    Set objMessage = objSession.GetMessage(objMessage.ID)
    Same objMessage.Attachments.Count, 3, "attachments are there after Update"
    names = ""
    For Each item In objMessage.Attachments
        names = names & item.Name & "|" & item.Type & ";"
    Next
    Same names, "report.txt|1;report of May.txt|1;linked.txt|2;", "with their names and types"
    Set objAttachment = objMessage.Attachments(2)
    Same objAttachment.Size, 20, "Size is that of the content"
    Same objAttachment.FileName, "report of May.txt", "FileName is the long one"
    objAttachment.WriteToFile temp & "\copy.txt"
    Same fso.OpenTextFile(temp & "\copy.txt").ReadAll, "twenty bytes of text", "WriteToFile writes the content"
    Same VarType(objAttachment.Bytes), vbArray + vbByte, "Bytes gives the content as a byte array"
    Same objMessage.Attachments("report.txt").Index, 1, "Item by name"
    Same objAttachment.Fields(&H37050003).Value, 1, "Fields of an attachment"
    objAttachment.MimeType = "text/plain"
    Same objAttachment.MimeType, "text/plain", "MimeType is kept"
    objAttachment.ContentID = "part1@example"
    Same objAttachment.ContentID, "part1@example", "ContentID is kept"
    Set item = objAttachment.OpenStream
    Same item.Size, 20, "OpenStream gives a stream of the content"
    Same VarType(item.Read(6)), vbArray + vbByte, "that is read in pieces"
    Same item.Position, 6, "and knows its position"
    item.Close
    objAttachment.ReadFromFile temp & "\not there.txt"
    Raised CdoE_NOT_FOUND, "a file that is not there is not found"
    Same objAttachment.Size, 20, "and the content stays"
    objAttachment.WriteToFile "relative.txt"
    Raised CdoE_INVALID_PARAMETER, "a relative path is refused"
    objMessage.Attachments(1).Delete
    Same objMessage.Attachments.Count, 2, "Delete takes one out"
    Same objMessage.Attachments(1).Name, "report of May.txt", "the others move up"
    objMessage.Attachments.Delete
    objMessage.Update
    Same objSession.GetMessage(objMessage.ID).Attachments.Count, 0, "Delete of the collection takes all out"
End Sub

Sub EmbedMessages
    Dim objInner, objOuter, objAttachment
    On Error Resume Next
    Set objInner = objFolder.Messages.Add("Inner", "inner text")
    objInner.Update
    Set objOuter = objFolder.Messages.Add("Outer", "outer text")
    Set objAttachment = objOuter.Attachments.Add("the inner", 0, CdoEmbeddedMessage, objInner.ID)
    Same objAttachment.Type, CdoEmbeddedMessage, "a message is embedded"
    objOuter.Update
    Set objOuter = objSession.GetMessage(objOuter.ID)
    Set objAttachment = objOuter.Attachments(1)
    Same objAttachment.Source.Subject, "Inner", "Source is the embedded message"
    Same objAttachment.EmbeddedMessage.Text, "inner text", "EmbeddedMessage has its text"
    Same objOuter.Subject, "Outer", "the outer one is as it was"
    objAttachment.WriteToFile temp & "\inner.msg"
    Refused "WriteToFile of a message is refused"
End Sub

Sub EndIt
    On Error Resume Next
    objFolder.Delete
    Check True, "the folder is deleted"
    objSession.Logoff
    Check True, "the session logs off"
End Sub
