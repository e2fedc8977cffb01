' Members of the parts of messages and of the address book that the cdo-*.vbs do not use: attachments, streams, fields, recipients,
' filters, address lists.
'
' Run by tools/run-suite against the server of each bitness, from 64- and 32-bit cscript. Prints TAP.
Option Explicit

Const CdoTo = 1
Const CdoFileData = 1
Const CdoOLE = 3
Const CdoDescending = 2
Const CdoE_NOT_FOUND = &H8004010F
Const CdoE_NO_ACCESS = &H80070005
Const CdoE_OBJECT_DELETED = &H8004010A
Const PR_BODY = &H1000001F
Const PR_DISPLAY_NAME = &H3001001F
Const PR_ATTACH_TAG = &H370A0102
Const PR_COMMENT = &H3004001F

Dim temp, objSession, objScratch
temp = TempFolder()

LogOn
UseAttachment
UseOleAttachment
UseStream
UseFields
UseField
UseRecipients
UseFilter
UseAddressLists
UseAddressEntries
UseAddressEntry
UseAddressFilter
EndIt
Finish

' ---- steps -------------------------------------------------------------------------------------------------
Sub LogOn
    On Error Resume Next
    Set objSession = LoggedOn("demo")
    Set objScratch = objSession.GetInfoStore.RootFolder.Folders.Add("members-parts")
    Check Not objScratch Is Nothing, "a session logs on"
End Sub

' Application, Parent and Session of an object.
Sub Common(objItem, objParent, kind)
    Dim intClass
    On Error Resume Next
    Same objItem.Application, "MapiHost", kind & ".Application"
    Same objItem.Session.Name, objSession.Name, kind & ".Session"
    Same objItem.Parent.Class, objParent.Class, kind & ".Parent"
    intClass = objItem.Class
    Check VarType(intClass) = 3, kind & ".Class"
End Sub

Sub UseAttachment
    Dim objMessage, objAttachment, bytes, path
    On Error Resume Next
    Set objMessage = objScratch.Messages.Add("With a file")
    Set objAttachment = objMessage.Attachments.Add("note.txt", 0, CdoFileData)
    objAttachment.Bytes = "48656C6C6F"
    Same objAttachment.Size, 5, "Attachment.Bytes takes bytes as hex"
    bytes = objAttachment.Bytes
    Check VarType(bytes) = 8192 + 17, "Attachment.Bytes is a byte array"
    objAttachment.Bytes = bytes
    Same objAttachment.Size, 5, "and takes one"
    objAttachment.FileName = "note2.txt"
    Same objAttachment.FileName, "note2.txt", "Attachment.FileName is kept"
    objAttachment.ContentLocation = "http://example.test/note"
    Same objAttachment.ContentLocation, "http://example.test/note", "Attachment.ContentLocation is kept"
    objAttachment.ContentBase = "http://example.test/"
    Same objAttachment.ContentBase, "http://example.test/", "Attachment.ContentBase is kept"
    Check objAttachment.IsSameAs(objMessage.Attachments(1)), "Attachment.IsSameAs of the same attachment"
    Check Not objAttachment.IsSameAs(objMessage.Attachments.Add("other.txt", 0, CdoFileData)), "and of another one"
    path = temp & "\source.txt"
    objAttachment.WriteToFile path
    objAttachment.Bytes = "00"
    objAttachment.Source = path
    Same objAttachment.Source, path, "Attachment.Source is kept"
End Sub

' An OLE object is a file of its own in PR_ATTACH_DATA_OBJ; its class is read from it.
Sub UseOleAttachment
    Dim objMessage, objAttachment, path
    On Error Resume Next
    path = temp & "\object.msg"
    Set objMessage = objScratch.Messages.Add("To be an object", "text")
    objMessage.Update
    objMessage.SaveAs path
    Set objMessage = objScratch.Messages.Add("With an object")
    Set objAttachment = objMessage.Attachments.Add("object", 0, CdoOLE, path)
    Check True, "an OLE attachment is made of a compound file"
    Same objAttachment.Type, CdoOLE, "Attachment.Type tells of OLE"
    objMessage.Update
    Same objScratch.Messages.GetLast.Attachments(1).Type, CdoOLE, "and is kept"
End Sub

Sub UseStream
    Dim objMessage, objStream, bytes
    On Error Resume Next
    Set objMessage = objScratch.Messages.Add("With a stream")
    Set objStream = objMessage.OpenStream(&H10130102, True)
    Common objStream, objMessage, "PropertyStream"
    Same objStream.Write("0102030405"), 5, "PropertyStream.Write takes bytes as hex"
    Same objStream.Size, 5, "PropertyStream.Size"
    objStream.Position = 2
    Same objStream.Position, 2, "PropertyStream.Position is kept"
    bytes = objStream.Read(2)
    Check VarType(bytes) = 8192 + 17, "PropertyStream.Read answers bytes"
    Same objStream.Position, 4, "and moves on"
    objStream.Position = 3
    objStream.SetEnd
    Same objStream.Size, 3, "PropertyStream.SetEnd cuts off"
    objStream.Close
    Same objMessage.Fields(&H10130102).Value, "010203", "PropertyStream.Close commits"
    objStream.Close
    Check True, "a second Close is harmless"
    bytes = objStream.Size
    Raised CdoE_OBJECT_DELETED, "a closed stream says so"
End Sub

Sub UseFields
    Dim objMessage, objFields, objField
    On Error Resume Next
    Set objMessage = objScratch.Messages.Add("With fields")
    Set objFields = objMessage.Fields
    Common objFields, objMessage, "Fields"
    objFields.SetNamespace "0820060000000000C000000000000046"
    Set objField = objFields.Add("Mine", 8, "value")
    Same objFields("Mine").Value, "value", "Fields.SetNamespace is the set of later names"
    objMessage.Update
    Set objMessage = objSession.GetMessage(objMessage.ID)
    Same objMessage.Fields.Item("Mine", "0820060000000000C000000000000046").Value, "value", "which a name can be given, too"
    objMessage.Fields.Delete
    Same objMessage.Fields.Item("Mine", "0820060000000000C000000000000046").Value, "value", "so this is not reached"
    Refused "Fields.Delete deletes what can be deleted"
End Sub

Sub UseField
    Dim objMessage, objFields, objField, path
    On Error Resume Next
    path = temp & "\field.bin"
    Set objMessage = objScratch.Messages.Add("With a field")
    Set objFields = objMessage.Fields
    Set objField = objFields.Add("Note", 8, "one")
    Common objField, objFields, "Field"
    Same objField.Type, 8, "Field.Type"
    Check objField.Index >= 1, "Field.Index"
    Same objField.Value, "one", "Field.Value"
    objField.Value = "two"
    Same objField.Value, "two", "Field.Value is kept"
    Same objField, "two", "Field.Value is the default member"
    objField.WriteToFile path
    objField.Value = "three"
    objField.ReadFromFile path
    Same objField.Value, "two", "Field.ReadFromFile reads what WriteToFile wrote"
End Sub

Sub UseRecipients
    Dim objMessage, objRecipient, objOther, path
    On Error Resume Next
    Set objMessage = objScratch.Messages.Add("To somebody")
    Set objRecipient = objMessage.Recipients.Add("other", , CdoTo)
    objMessage.Recipients.Resolve
    Same Len(objRecipient.GetFreeBusy(#5/6/2024 9:00:00 AM#, #5/6/2024 3:00:00 PM#, 30)), 12, "GetFreeBusy of another, for an administrator"
    Set objOther = CreateObject("MapiHost.Session")
    objOther.Logon "other", "", False, True
    path = objOther.AddressLists(1).AddressEntries.Item("demo").GetFreeBusy(#5/6/2024 9:00:00 AM#, #5/6/2024 3:00:00 PM#, 30)
    Raised CdoE_NO_ACCESS, "GetFreeBusy of a user whose calendar one may not read"
    objOther.Logoff
    objRecipient.Delete
    Set objRecipient = objMessage.Recipients.Add("demo", "SMTP:demo@example.test", CdoTo)
    objMessage.Recipients.Resolve
    Same Len(objMessage.Recipients.GetFreeBusy(#5/6/2024 9:00:00 AM#, #5/6/2024 3:00:00 PM#, 60)), 6, "Recipients.GetFreeBusy"
    Same Len(objRecipient.GetFreeBusy(#5/6/2024 9:00:00 AM#, #5/6/2024 3:00:00 PM#, 30)), 12, "Recipient.GetFreeBusy"
    objRecipient.MeetingResponseStatus = 3
    Same objRecipient.MeetingResponseStatus, 3, "Recipient.MeetingResponseStatus is kept"
    Set objRecipient = objMessage.Recipients.Add
    objRecipient.Address = "SMTP:new@example.test"
    Same objRecipient.Address, "SMTP:new@example.test", "Recipient.Address is kept"
End Sub

Sub UseFilter
    Dim objMessages, objFilter, objMessage
    On Error Resume Next
    Set objMessage = objScratch.Messages.Add("To be found", "in a folder")
    objMessage.Recipients.Add "other", , CdoTo
    objMessage.Recipients.Resolve
    objMessage.ConversationTopic = "Finding"
    objMessage.TimeReceived = #5/6/2024 9:00:00 AM#
    objMessage.Update
    Set objMessages = objScratch.Messages
    Set objFilter = objMessages.Filter
    objFilter.Recipients = "other"
    Same objFilter.Recipients, "other", "MessageFilter.Recipients is kept"
    objFilter.Conversation = "Finding"
    Same objFilter.Conversation, "Finding", "MessageFilter.Conversation is kept"
    objFilter.Sent = False
    Check Not objFilter.Sent, "MessageFilter.Sent is kept"
    objFilter.Size = 10
    Same objFilter.Size, 10, "MessageFilter.Size is kept"
    objFilter.TimeFirst = #5/6/2024#
    Same objFilter.TimeFirst, #5/6/2024#, "MessageFilter.TimeFirst is kept"
    objFilter.TimeLast = #5/7/2024#
    Same objFilter.TimeLast, #5/7/2024#, "MessageFilter.TimeLast is kept"
    Check objFilter.IsSameAs(objMessages.Filter), "MessageFilter.IsSameAs of the collection's filter"
    Same objMessages.Count, 1, "a filter of six criteria finds its message"
    objFilter.Size = 100000000
    Same objMessages.Count, 0, "and none that is too small"
End Sub

Sub UseAddressLists
    Dim objLists, objList, objEach, found
    On Error Resume Next
    Set objLists = objSession.AddressLists
    Common objLists, objSession, "AddressLists"
    found = 0
    For Each objEach In objLists
        found = found + 1
    Next
    Same found, objLists.Count, "For Each over AddressLists"
    Set objList = objLists(1)
    Common objList, objLists, "AddressList"
    Same objList.Index, 1, "AddressList.Index"
    Same objList.Fields(PR_DISPLAY_NAME).Value, objList.Name, "AddressList.Fields"
    Check objList.IsSameAs(objLists(1)), "AddressList.IsSameAs of the same list"
    Check Not objList.IsSameAs(objSession), "and of another object"
End Sub

Sub UseAddressEntries
    Dim objEntries, objEntry, first
    On Error Resume Next
    Set objEntries = objSession.AddressLists(1).AddressEntries
    Common objEntries, objSession.AddressLists(1), "AddressEntries"
    objEntries.Sort CdoDescending
    first = objEntries.GetFirst.Name
    Check StrComp(first, objEntries.GetNext.Name, 1) >= 0, "AddressEntries.Sort turns the order"
    objEntries.Sort
    Check StrComp(objEntries.GetFirst.Name, first, 1) <= 0, "and back"
    Set objEntry = objEntries.Add("SMTP", "New Person", "new.person@example.test")
    Raised CdoE_NO_ACCESS, "AddressEntries.Add to a list that cannot be changed"
    objEntries.Delete
    Raised CdoE_NO_ACCESS, "AddressEntries.Delete of one"
End Sub

' The global address list is the server's, which no client changes; cdo-people.vbs changes the personal address book.
Sub UseAddressEntry
    Dim objEntries, objEntry
    On Error Resume Next
    Set objEntries = objSession.AddressLists(1).AddressEntries
    Set objEntry = objEntries.GetFirst
    Common objEntry, objEntries, "AddressEntry"
    Same objEntry.DisplayType, 0, "AddressEntry.DisplayType"
    objEntry.Update
    Check True, "AddressEntry.Update without changes"
    objEntry.Name = "Another Person"
    Refused "AddressEntry.Name of an entry that cannot be changed"
    objEntry.Address = "another.person@example.test"
    Refused "AddressEntry.Address of one"
    objEntry.Type = "SMTP"
    Refused "AddressEntry.Type of one"
    objEntry.Delete
    Refused "AddressEntry.Delete of one"
End Sub

Sub UseAddressFilter
    Dim objEntries, objFilter
    On Error Resume Next
    Set objEntries = objSession.AddressLists(1).AddressEntries
    Set objFilter = objEntries.Filter
    Common objFilter, objEntries, "AddressEntryFilter"
    objFilter.Name = "oth"
    Same objFilter.Name, "oth", "AddressEntryFilter.Name is kept"
    Same objEntries.Count, 1, "and finds by the beginning"
    objFilter.Address = "other@example.test"
    Same objFilter.Address, "other@example.test", "AddressEntryFilter.Address is kept"
    objFilter.Or = True
    Check objFilter.Or, "AddressEntryFilter.Or is kept"
    objFilter.Or = False
    objFilter.Not = True
    Check objFilter.Not, "AddressEntryFilter.Not is kept"
    Check objEntries.Count >= 1, "and turns the filter around"
    Check objFilter.IsSameAs(objEntries.Filter), "AddressEntryFilter.IsSameAs of the collection's filter"
    Same objFilter.Fields.Count, 0, "AddressEntryFilter.Fields"
End Sub

Sub EndIt
    On Error Resume Next
    objScratch.Delete
    objSession.Logoff
    Check True, "the session logs off"
End Sub
