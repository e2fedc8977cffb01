' What the scripts of tests/clients share: one line of TAP for a case. tools/run-suite puts it behind each of them, since Wine's
' cscript has no way to include a file.

Dim cases, failures

' ---- the harness: one line per case; a run-time error in a step fails the case ----------------------------
Sub Check(holds, what)
    Dim trouble
    trouble = ""
    If Err.Number <> 0 Then trouble = " (" & Hex(Err.Number) & " " & Err.Source & ": " & Err.Description & ")"
    Err.Clear
    cases = cases + 1
    If trouble = "" And CBool(holds) Then
        WScript.Echo "ok - " & what
    Else
        failures = failures + 1
        WScript.Echo "not ok - " & what & trouble
    End If
End Sub

' Compares and shows both sides when they differ.
Sub Same(actual, expected, what)
    Dim equal
    equal = False
    If Err.Number = 0 Then equal = (actual = expected)
    Check equal, what
    If Not equal Then WScript.Echo "# got [" & Text(actual) & "], expected [" & Text(expected) & "]"
End Sub

Function Text(value)
    Text = "?"
    On Error Resume Next
    Text = CStr(value)
End Function

' The error that the statement before must have raised.
Sub Raised(code, what)
    Dim number, description
    number = Err.Number
    description = Err.Description
    Err.Clear
    Check number = code, what
    If number <> code Then WScript.Echo "# got " & Hex(number) & ": " & description
End Sub

' The same, which the object `source` must have raised, with a text that shows the number.
Sub RaisedBy(code, source, what)
    Dim number, description, from
    number = Err.Number
    description = Err.Description
    from = Err.Source
    Err.Clear
    Check number = code And from = source And InStr(description, "0x" & Hex(code)) > 0, what
    If number <> code Or from <> source Then WScript.Echo "# got " & Hex(number) & " from [" & from & "]: " & description
End Sub

' Some MAPI error that the statement before must have raised; its text must hold the part.
Sub Fails(part, what)
    Dim number, description, holds
    number = Err.Number
    description = Err.Description
    holds = number <> 0 And InStr(description, "MAPI_E_") > 0 And InStr(description, part) > 0
    Err.Clear
    Check holds, what
    If Not holds Then WScript.Echo "# got " & Hex(number) & ": " & description
End Sub

' Some error that the statement before must have raised.
Sub Refused(what)
    Dim number
    number = Err.Number
    Err.Clear
    Check number <> 0, what
End Sub

' ---- begin and end ------------------------------------------------------------------------------------------

' The folder for files that this script may write. Wine 8 leaves a NUL at the end of what it expands.
Function TempFolder()
    TempFolder = Replace(CreateObject("WScript.Shell").ExpandEnvironmentStrings("%MAPIHOST_TEST_TEMP%"), Chr(0), "")
End Function

' A session of a profile, without dialogs.
Function LoggedOn(profile)
    Set LoggedOn = CreateObject("MapiHost.Session")
    LoggedOn.Logon profile, "", False, True, 0
End Function

' The last statement of a script: the plan, without which the run counts as broken off.
Sub Finish()
    WScript.Echo "1.." & CLng(cases)
    WScript.Quit CLng(failures)
End Sub
