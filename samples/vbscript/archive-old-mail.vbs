' Saves the mail of a folder that is older than a date as .msg files; with /delete takes it out of the folder.
'
' Usage: cscript //nologo archive-old-mail.vbs profile "Inbox" 2025-01-01 C:\Archive [/delete]
'
' A message is deleted only after its file has been written. Files are named by date, subject and a counter.
Option Explicit

Const olMSGUnicode = 9

Dim args, session, folder, target, old, message, saved, remove, ids
Set args = WScript.Arguments
If args.Count < 4 Then
    WScript.Echo "usage: archive-old-mail.vbs profile folder yyyy-mm-dd directory [/delete]"
    WScript.Quit 2
End If
remove = False
If args.Count > 4 Then remove = (LCase(args(4)) = "/delete")
target = args(3)

Dim fso
Set fso = CreateObject("Scripting.FileSystemObject")
If Not fso.FolderExists(target) Then fso.CreateFolder target

Set session = CreateObject("MapiHost.Session")
session.Logon args(0), "", False, True
Set folder = session.GetInfoStore().GetFolderFromPath(args(1))

Set old = folder.Messages.Restrict("[TimeReceived] < '" & args(2) & "'")
saved = 0
ReDim ids(0)
For Each message In old
    message.SaveAs UniqueName(message), olMSGUnicode
    ReDim Preserve ids(saved)
    ids(saved) = message.ID
    saved = saved + 1
Next
If remove And saved > 0 Then folder.Messages.DeleteMany ids
WScript.Echo saved & " messages saved to " & target
session.Logoff

Function UniqueName(message)
    Dim stem, n, name
    stem = Right("000" & Year(message.TimeReceived), 4) & "-" & Right("0" & Month(message.TimeReceived), 2) & "-" & _
        Right("0" & Day(message.TimeReceived), 2) & " " & Left(Cleaned(message.Subject), 60)
    name = fso.BuildPath(target, stem & ".msg")
    n = 1
    Do While fso.FileExists(name)
        n = n + 1
        name = fso.BuildPath(target, stem & " (" & n & ").msg")
    Loop
    UniqueName = name
End Function

' The subject without the characters that file names cannot hold.
Function Cleaned(text)
    Dim pattern
    Set pattern = New RegExp
    pattern.Global = True
    pattern.Pattern = "[\x00-\x1f\\/:*?""<>|]+"
    Cleaned = Trim(pattern.Replace(text, " "))
    If Cleaned = "" Then Cleaned = "no subject"
End Function
