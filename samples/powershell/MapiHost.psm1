# MapiHost for PowerShell: functions that take and give objects on the pipeline.
#
#   Import-Module .\MapiHost.psm1
#   Connect-Mapi demo
#   Get-MapiFolder | Sort-Object Size -Descending | Select-Object -First 10
#   Get-MapiMessage Inbox -Where "[Unread] AND [Subject] LIKE '%invoice%'" | Save-MapiMessage -Directory C:\Invoices
#   Get-MapiMailbox | Where-Object Size -gt 2GB
#   Disconnect-Mapi
#
# Works in Windows PowerShell 5.1 and PowerShell 7, 32- and 64-bit, whatever the bitness of Outlook.
Set-StrictMode -Version 2
$script:session = $null

$script:PR_ENTRYID = 0x0FFF0102
$script:PR_SUBJECT = 0x0037001F
$script:PR_SENDER_NAME = 0x0C1A001F
$script:PR_MESSAGE_DELIVERY_TIME = 0x0E060040
$script:PR_MESSAGE_SIZE = 0x0E080003
$script:PR_HASATTACH = 0x0E1B000B

function Get-Session {
    if ($null -eq $script:session) { throw 'Not logged on. Call Connect-Mapi first.' }
    $script:session
}

<#
.SYNOPSIS
Logs on to a MAPI profile, or to a mailbox without a profile when -Server and -User are given.
#>
function Connect-Mapi {
    [CmdletBinding(DefaultParameterSetName = 'Profile')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Profile')] [string] $Profile = '',
        [Parameter(Mandatory, ParameterSetName = 'Mailbox')] [string] $User,
        [Parameter(Mandatory, ParameterSetName = 'Mailbox')] [string] $Server
    )
    if ($null -ne $script:session) { Disconnect-Mapi }
    $new = New-Object -ComObject MapiHost.Session
    if ($PSCmdlet.ParameterSetName -eq 'Mailbox') { $new.LogonExchangeMailbox($User, $Server) }
    else { $new.Logon($Profile, '', $false, $true) }
    $script:session = $new
}

<#
.SYNOPSIS
Logs off. Everything that was obtained from the session is closed with it.
#>
function Disconnect-Mapi {
    [CmdletBinding()] param()
    if ($null -eq $script:session) { return }
    $script:session.Logoff()
    [void][Runtime.InteropServices.Marshal]::ReleaseComObject($script:session)
    $script:session = $null
}

function ConvertTo-FolderObject($folder) {
    [pscustomobject]@{ Path = $folder.Path; Name = $folder.Name; Count = $folder.Count; Unread = $folder.UnreadCount; ID = $folder.ID }
}

function Get-FolderTree($folder) {
    ConvertTo-FolderObject $folder
    foreach ($child in $folder.Folders) { Get-FolderTree $child }
}

<#
.SYNOPSIS
Gives the folder with this path, or without a path every folder of the default mailbox.
#>
function Get-MapiFolder {
    [CmdletBinding()] param([Parameter(Position = 0)] [string] $Path)
    $store = (Get-Session).GetInfoStore()
    if ($Path) { ConvertTo-FolderObject $store.GetFolderFromPath($Path) } else { Get-FolderTree $store.RootFolder }
}

<#
.SYNOPSIS
Gives the messages of a folder as plain objects, newest first. One call reads them all.
.PARAMETER Where
A condition such as "[Subject] LIKE '%invoice%' AND [TimeReceived] >= '2026-01-31'".
#>
function Get-MapiMessage {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)] [Alias('Path')] [string] $Folder = 'Inbox',
        [string] $Where,
        [int] $First = 0
    )
    process {
        $messages = (Get-Session).GetInfoStore().GetFolderFromPath($Folder).Messages
        if ($Where) { $messages = $messages.Restrict($Where) }
        $messages.Sort(2, $script:PR_MESSAGE_DELIVERY_TIME)
        $columns = $script:PR_ENTRYID, $script:PR_MESSAGE_DELIVERY_TIME, $script:PR_SENDER_NAME, $script:PR_SUBJECT,
            $script:PR_MESSAGE_SIZE, $script:PR_HASATTACH
        $rows = if ($First -gt 0) { $messages.GetRows([object[]]$columns, $First) } else { $messages.GetRows([object[]]$columns) }
        for ($i = $rows.GetLowerBound(0); $i -le $rows.GetUpperBound(0); $i++) {
            [pscustomobject]@{
                Received = $rows[$i, 1]; Sender = $rows[$i, 2]; Subject = $rows[$i, 3]; Size = $rows[$i, 4]
                HasAttachments = $rows[$i, 5]
                ID = -join ($rows[$i, 0] | ForEach-Object { $_.ToString('X2') })
            }
        }
    }
}

<#
.SYNOPSIS
Saves messages as .msg (or with -Format eml as RFC 822) files; gives the files.
#>
function Save-MapiMessage {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, ValueFromPipelineByPropertyName)] [string] $ID,
        [Parameter(Mandatory)] [string] $Directory,
        [ValidateSet('msg', 'eml')] [string] $Format = 'msg'
    )
    begin { [void](New-Item -ItemType Directory -Force -Path $Directory) }
    process {
        $message = (Get-Session).GetMessage($ID)
        $stem = ($message.Subject -replace '[\x00-\x1f\\/:*?"<>|]+', ' ').Trim()
        if (-not $stem) { $stem = 'no subject' }
        if ($stem.Length -gt 60) { $stem = $stem.Substring(0, 60) }
        $file = Join-Path (Resolve-Path $Directory) "$stem.$Format"
        for ($n = 2; Test-Path -LiteralPath $file; $n++) { $file = Join-Path (Resolve-Path $Directory) "$stem ($n).$Format" }
        $message.SaveAs($file, $(if ($Format -eq 'msg') { 9 } else { 1024 }))
        Get-Item -LiteralPath $file
    }
}

<#
.SYNOPSIS
Sends a message.
#>
function Send-MapiMessage {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string[]] $To, [string[]] $Cc = @(), [Parameter(Mandatory)] [string] $Subject,
        [string] $Body = '', [string] $HtmlBody, [string[]] $Attachment = @()
    )
    $message = (Get-Session).Outbox.Messages.Add($Subject, $Body)
    foreach ($address in $To) { [void]$message.Recipients.Add($address, "SMTP:$address", 1) }
    foreach ($address in $Cc) { [void]$message.Recipients.Add($address, "SMTP:$address", 2) }
    if ($HtmlBody) { $message.HTMLBody = $HtmlBody }
    foreach ($file in $Attachment) {
        $item = Get-Item -LiteralPath $file
        [void]$message.Attachments.Add($item.Name, 0, 1, $item.FullName)
    }
    $message.Send($true, $false)
}

<#
.SYNOPSIS
Gives the server's mailboxes with their sizes, from its mailbox table: none is opened.
#>
function Get-MapiMailbox {
    [CmdletBinding()] param()
    foreach ($mailbox in (Get-Session).Mailboxes) {
        [pscustomobject]@{ Name = $mailbox.Name; Address = $mailbox.Address; Size = [long]$mailbox.Size; Items = $mailbox.ItemCount
            LastLogon = $mailbox.LastLogon }
    }
}

Export-ModuleMember -Function Connect-Mapi, Disconnect-Mapi, Get-MapiFolder, Get-MapiMessage, Save-MapiMessage, Send-MapiMessage, Get-MapiMailbox
