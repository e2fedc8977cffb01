' Lists the largest folders of a mailbox.
'
' Usage: cscript //nologo large-folders.vbs [profile] [how many, default 10]
'
' The walk uses nothing but CDO 1.21 members, so it also shows how an old script runs: only the ProgID is new.
' The sizes come from one GetRows call per folder instead of one call per message.
Option Explicit

Const CdoPR_MESSAGE_SIZE = &H0E080003

Dim profile, top, session, sizes, store
profile = ""
top = 10
If WScript.Arguments.Count > 0 Then profile = WScript.Arguments(0)
If WScript.Arguments.Count > 1 Then top = CLng(WScript.Arguments(1))

Set session = CreateObject("MapiHost.Session")
session.Logon profile, "", False, True

Set sizes = CreateObject("Scripting.Dictionary")
Set store = session.GetInfoStore()
Visit store.RootFolder
Report sizes, top
session.Logoff

' Adds this folder and all below it to the dictionary: path -> bytes.
Sub Visit(folder)
    Dim rows, i, total, child
    total = 0
    rows = folder.Messages.GetRows(Array(CdoPR_MESSAGE_SIZE))
    For i = 0 To UBound(rows, 1)
        If Not IsNull(rows(i, 0)) Then total = total + CDbl(rows(i, 0))
    Next
    sizes(folder.Path) = total
    For Each child In folder.Folders
        Visit child
    Next
End Sub

' Prints the `count` largest entries, largest first.
Sub Report(entries, count)
    Dim names, i, j, largest, swap
    names = entries.Keys
    If count > entries.Count Then count = entries.Count
    For i = 0 To count - 1
        largest = i
        For j = i + 1 To UBound(names)
            If entries(names(j)) > entries(names(largest)) Then largest = j
        Next
        swap = names(i)
        names(i) = names(largest)
        names(largest) = swap
        WScript.Echo Right(Space(12) & FormatNumber(entries(names(i)) / 1024, 1), 12) & " KB  " & names(i)
    Next
End Sub
