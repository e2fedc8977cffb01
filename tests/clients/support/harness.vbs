' What the tests cdo-*.vbs and members-*.vbs share: one line of TAP for a case. tools/run-suite puts it behind each of them, since
' Wine's cscript has no way to include a file. They declare `cases` and `failures`, and print the plan.

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

' Some error that the statement before must have raised.
Sub Refused(what)
    Dim number
    number = Err.Number
    Err.Clear
    Check number <> 0, what
End Sub
