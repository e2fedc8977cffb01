Attribute VB_Name = "Main"
' Lists the unread mail of the Inbox, early bound: add the reference "MapiHost" (Project, References) first.
'
' A program that was written for CDO 1.21 needs two changes: the reference to the library, and MapiHost.Session for
' MAPI.Session in the declarations.
Option Explicit

Public Sub Main()
    Dim session As MapiHost.Session
    Dim messages As MapiHost.Messages
    Dim message As MapiHost.Message
    Dim text As String

    Set session = New MapiHost.Session
    On Error GoTo Failed
    session.Logon ProfileName:="", ShowDialog:=False, NewSession:=True

    Set messages = session.Inbox.Messages
    messages.Filter.Unread = True
    Set message = messages.GetFirst()
    Do While Not message Is Nothing
        text = text & Format$(message.TimeReceived, "yyyy-mm-dd hh:nn") & "  " & message.Sender.Name & ": " & _
            message.Subject & vbCrLf
        Set message = messages.GetNext()
    Loop
    session.Logoff
    MsgBox text, vbInformation, "Unread mail"
    Exit Sub

Failed:
    ' Err.Number is the MAPI error code, the description says what failed and what to do.
    MsgBox Err.Source & vbCrLf & Err.Description, vbExclamation, "MapiHost"
End Sub
