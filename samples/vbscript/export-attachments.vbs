' Writes the attachments of all messages in a folder to a directory.
'
' Usage: cscript //nologo export-attachments.vbs profile "Inbox" C:\Attachments
Option Explicit

Const CdoFileData = 1

Dim session, folder, message, attachment, fso, target, count, name, n
If WScript.Arguments.Count < 3 Then
    WScript.Echo "usage: export-attachments.vbs profile folder directory"
    WScript.Quit 2
End If
target = WScript.Arguments(2)
Set fso = CreateObject("Scripting.FileSystemObject")
If Not fso.FolderExists(target) Then fso.CreateFolder target

Set session = CreateObject("MapiHost.Session")
session.Logon WScript.Arguments(0), "", False, True
Set folder = session.GetInfoStore().GetFolderFromPath(WScript.Arguments(1))

count = 0
For Each message In folder.Messages.Restrict("[PR_HASATTACH] = TRUE")
    For Each attachment In message.Attachments
        If attachment.Type = CdoFileData Then
            name = fso.BuildPath(target, fso.GetFileName(attachment.Name))
            n = 1
            Do While fso.FileExists(name)
                n = n + 1
                name = fso.BuildPath(target, n & " " & fso.GetFileName(attachment.Name))
            Loop
            attachment.WriteToFile name
            count = count + 1
        End If
    Next
Next
WScript.Echo count & " attachments written to " & target
session.Logoff
