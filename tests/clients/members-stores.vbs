' Members of sessions, stores, mailboxes, folders and collections of messages that the other scripts do not use.
'
' Run by tools/run-suite against the server of each bitness, from 64- and 32-bit cscript. Prints TAP.
Option Explicit

Const CdoAscending = 1
Const CdoDescending = 2
Const CdoDefaultFolderDeletedItems = 4
Const CdoE_OBJECT_DELETED = &H8004010A

Dim objSession, objScratch

LogOn
UseSession
UseStore
UseMailboxes
UseFolders
UseFolder
UseMessages
UseSubscription
UseCloseAll
EndIt
Finish

' ---- steps -------------------------------------------------------------------------------------------------
Sub LogOn
    On Error Resume Next
    Set objSession = CreateObject("MapiHost.Session")
    objSession.SetLocaleIDs 1033, 1252
    Check True, "Session.SetLocaleIDs before Logon"
    objSession.Logon "demo", "", False, True, 0
    Set objScratch = objSession.GetInfoStore.RootFolder.Folders.Add("members-stores")
    Check Not objScratch Is Nothing, "a session logs on"
End Sub

Sub UseSession
    Dim strIndex, old, objMessage, objExchange
    On Error Resume Next
    strIndex = objSession.CreateConversationIndex
    Same Len(strIndex), 44, "Session.CreateConversationIndex makes 22 bytes"
    Same Len(objSession.CreateConversationIndex(strIndex)), 54, "and five more for an answer"
    old = objSession.GetOption("BusinessDayStartTime")
    objSession.SetOption "BusinessDayStartTime", old
    Same objSession.GetOption("BusinessDayStartTime"), old, "Session.SetOption and GetOption"
    objSession.OutOfOfficeText = "I am away."
    Same objSession.OutOfOfficeText, "I am away.", "Session.OutOfOfficeText is kept"
    objSession.OutOfOffice = True
    Check objSession.OutOfOffice, "Session.OutOfOffice is kept"
    objSession.OutOfOffice = False
    Set objMessage = objScratch.Messages.Add("An article")
    objMessage.Fields.Add &H0E230003, 4711
    objMessage.Update
    Same objSession.GetArticle(4711, objScratch.ID).Subject, "An article", "Session.GetArticle finds by the article number"
    objMessage.Delete
    Set objExchange = CreateObject("MapiHost.Session")
    objExchange.LogonExchangeMailbox "other", "LOCAL"
    Check objExchange.LoggedOn, "Session.LogonExchangeMailbox"
    Same objExchange.CurrentUser.Name, "other", "logs on as that user"
    objExchange.Logoff
End Sub

Sub UseStore
    Dim objStore, objFolder
    On Error Resume Next
    Set objStore = objSession.InfoStores(1)
    Check objStore.IsSameAs(objSession.InfoStores(1)), "InfoStore.IsSameAs of the same store"
    Check Not objStore.IsSameAs(objSession), "and of another object"
    Set objFolder = objStore.GetFolderFromPath("members-stores")
    Same objFolder.Name, "members-stores", "InfoStore.GetFolderFromPath"
    Set objFolder = objStore.GetReceiveFolder
    Check objFolder.IsSameAs(objSession.Inbox), "InfoStore.GetReceiveFolder"
    objStore.Close
    Set objFolder = objStore.RootFolder
    Raised CdoE_OBJECT_DELETED, "InfoStore.Close"
End Sub

Sub UseMailboxes
    Dim objMailboxes, objMailbox
    On Error Resume Next
    Set objMailboxes = objSession.Mailboxes
    objMailboxes.Refresh
    Check objMailboxes.Count >= 2, "Mailboxes.Refresh"
    Set objMailbox = objMailboxes.Item("other")
    Same objMailbox.Owner, "other", "Mailboxes.Item"
    Check Not objMailbox.IsOpen, "which is not open yet"
    objMailbox.Open True
    Check objMailbox.IsOpen, "Mailbox.Open"
    Same objMailbox.Inbox.Name, "Inbox", "which gives its folders"
    Check objMailbox.GetReceiveFolder("IPM.Note").IsSameAs(objMailbox.Inbox), "Mailbox.GetReceiveFolder"
    objMailbox.Close
    Check Not objMailbox.IsOpen, "Mailbox.Close"
End Sub

Sub UseFolders
    Dim objFolders
    On Error Resume Next
    Set objFolders = objScratch.Folders
    objFolders.Add "b"
    objFolders.Add "c"
    objFolders.Add "a"
    objFolders.Sort CdoDescending
    Same objFolders.GetFirst.Name, "c", "Folders.Sort turns the order"
    Same objFolders.GetNext.Name, "b", "Folders.GetNext"
    Same objFolders.GetLast.Name, "a", "Folders.GetLast"
    Same objFolders.GetPrevious.Name, "b", "Folders.GetPrevious"
    objFolders.Sort CdoAscending, &H3001001E
    Same objFolders.GetFirst.Name, "a", "Folders.Sort by a property"
    objFolders.Delete
    Same objScratch.Folders.Count, 0, "Folders.Delete deletes them all"
End Sub

Sub UseFolder
    Dim objFolder, objCopy, objSearch, objDeleted, objMessage, before
    On Error Resume Next
    Set objFolder = objScratch.Folders.Add("old name")
    objFolder.Name = "new name"
    objFolder.Update
    Same objScratch.Folders(1).Name, "new name", "Folder.Name and Update"
    Check objFolder.IsSameAs(objScratch.Folders(1)), "Folder.IsSameAs of the same folder"
    Check Not objFolder.IsSameAs(objScratch), "and of another one"
    Set objMessage = objFolder.Messages.Add("needle")
    objMessage.Update
    Set objCopy = objFolder.CopyTo(objScratch.ID, , "copy")
    Same objCopy.Name, "copy", "Folder.CopyTo"
    Same objCopy.Messages.Count, 1, "with what is in it"
    Set objCopy = objCopy.MoveTo(objFolder.ID)
    Same objFolder.Folders(1).Name, "copy", "Folder.MoveTo"
    objCopy.SetReadFlags False
    Same objCopy.UnreadCount, 1, "Folder.SetReadFlags marks as unread"
    objCopy.SetReadFlags
    Same objCopy.UnreadCount, 0, "and as read"
    Set objSearch = objFolder.AddSearchFolder("found", "[Subject] = 'needle'", True)
    Same objSearch.Name, "found", "Folder.AddSearchFolder"
    objSearch.Delete
    objCopy.Empty
    Same objCopy.Messages.Count, 0, "Folder.Empty"
    Set objDeleted = objSession.GetDefaultFolder(CdoDefaultFolderDeletedItems)
    before = objDeleted.Folders.Count
    objCopy.Delete True
    Same objDeleted.Folders.Count, before + 1, "Folder.Delete moves into Deleted Items when asked to"
    objDeleted.EmptyDeletedItems
    Same objSession.GetDefaultFolder(CdoDefaultFolderDeletedItems).Folders.Count, 0, "Folder.EmptyDeletedItems"
    objFolder.Delete
    Same objScratch.Folders.Count, 0, "Folder.Delete"
End Sub

Sub UseMessages
    Dim objMessages, objTarget, objMessage, i
    On Error Resume Next
    Set objTarget = objScratch.Folders.Add("target")
    For i = 1 To 4
        Set objMessage = objScratch.Messages.Add("number " & i)
        objMessage.Update
    Next
    Set objMessages = objScratch.Messages
    objMessages.Sort CdoAscending, &H0037001E
    Same objMessages.GetLast.Subject, "number 4", "Messages.Sort by the subject"
    Same objMessages.GetPrevious.Subject, "number 3", "Messages.GetPrevious"
    objMessages.SetReadFlags False
    Check objMessages(2).Unread, "Messages.SetReadFlags marks them all"
    Same objMessages.CopyMany(Array(objMessages(2).ID, objMessages(3).ID), objTarget), 2, "Messages.CopyMany"
    Same objTarget.Messages.Count, 2, "copies them"
    Same objMessages.MoveMany(objMessages(2).ID, objTarget), 1, "Messages.MoveMany"
    Same objTarget.Messages.Count, 3, "moves it"
    Same objTarget.Messages.DeleteMany(Array(objTarget.Messages(1).ID)), 1, "Messages.DeleteMany"
    Same objTarget.Messages.Count, 2, "deletes it"
    objTarget.Messages.Delete
    Same objTarget.Messages.Count, 0, "Messages.Delete deletes them all"
End Sub

Sub UseSubscription
    Dim objSubscription, objMessage, rows
    On Error Resume Next
    Set objSubscription = objSession.Subscribe(objScratch)
    Set objMessage = objScratch.Messages.Add("news")
    objMessage.Update
    rows = objSubscription.Wait(20000)
    Check VarType(rows) >= 8192, "Subscription.Wait answers events"
    rows = objSubscription.Drain
    Check VarType(rows) >= 8192, "Subscription.Drain answers the rest"
    objSubscription.Close
    rows = objSubscription.Drain
    Raised CdoE_OBJECT_DELETED, "Subscription.Close"
End Sub

Sub UseCloseAll
    Dim objInbox, strName
    On Error Resume Next
    Set objInbox = objSession.Inbox
    objSession.CloseAll
    strName = objInbox.Name
    Raised CdoE_OBJECT_DELETED, "Session.CloseAll closes what was given out"
    Same objSession.Inbox.Name, "Inbox", "and leaves the session logged on"
    Set objScratch = objSession.GetInfoStore.GetFolderFromPath("members-stores")
End Sub

Sub EndIt
    On Error Resume Next
    objScratch.Delete
    objSession.Logoff
    Check True, "the session logs off"
End Sub
