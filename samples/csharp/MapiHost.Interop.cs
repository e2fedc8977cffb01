// MapiHost.Interop.cs: the type library MapiHost for C#. Generated from mapihost.tlb by gen_interop (make interop).
//
// Add this file to a project and write:  var session = (IMhSession)new Session();
// Optional arguments may be left out. Errors arrive as COMException with the MAPI code in HResult.
using System;
using System.Collections;
using System.Runtime.InteropServices;

#pragma warning disable CS0618 // dual interfaces are what this server has

namespace MapiHost
{
    /// <summary>A MAPI session: log on, then reach stores, folders, messages and the address book</summary>
    [ComImport, Guid("E1256C6C-D3A5-4C88-97C2-10607423330C"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhSession
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>Logs on to MAPI, by a profile or by ProfileInfo (server, line feed, mailbox)</summary>
        [DispId(119)] void @Logon([In, Optional, MarshalAs(UnmanagedType.Struct)] object @ProfileName, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ProfilePassword, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ShowDialog, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @NewSession, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ParentWindow, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @NoMail, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ProfileInfo);

        /// <summary>Closes everything that was opened, newest first, and logs off</summary>
        [DispId(118)] void @Logoff();

        /// <summary>The name of the profile that the session is logged on with</summary>
        string @Name { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The version of the object model, as CDO gives it: 1.2.1. The server's own: Diagnostics.Version</summary>
        string @Version { [DispId(44)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The name and version of the operating system that the server runs on</summary>
        string @OperatingSystem { [DispId(24)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The address entry of the session's user</summary>
        IMhAddressEntry @CurrentUser { [DispId(1)] get; }

        /// <summary>The Inbox of the default store</summary>
        IMhFolder @Inbox { [DispId(15)] get; }

        /// <summary>The Outbox of the default store</summary>
        IMhFolder @Outbox { [DispId(16)] get; }

        /// <summary>The message stores of the profile; with an index or a name, that store</summary>
        [DispId(57)] [return: MarshalAs(UnmanagedType.IDispatch)] object Get_InfoStores([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Index);

        /// <summary>The address lists; with an index or a name, that list</summary>
        [DispId(4)] [return: MarshalAs(UnmanagedType.IDispatch)] object Get_AddressLists([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Index);

        /// <summary>A store by its id; without one, the default store</summary>
        [DispId(122)] IMhInfoStore @GetInfoStore([In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>A folder by its id, in a store by its id (default: the default store)</summary>
        [DispId(116)] IMhFolder @GetFolder([In, MarshalAs(UnmanagedType.Struct)] object @FolderID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>A message by its id, in a store by its id (default: the default store)</summary>
        [DispId(117)] IMhMessage @GetMessage([In, MarshalAs(UnmanagedType.Struct)] object @MessageID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>A default folder: a CdoDefaultFolderTypes; of another mailbox when its name or address is given</summary>
        [DispId(153)] IMhFolder @GetDefaultFolder([In, MarshalAs(UnmanagedType.Struct)] object @ObjectType, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Mailbox);

        /// <summary>An address entry by its id</summary>
        [DispId(114)] IMhAddressEntry @GetAddressEntry([In, MarshalAs(UnmanagedType.Struct)] object @EntryID);

        /// <summary>An address list: a CdoAddressListTypes</summary>
        [DispId(155)] IMhAddressList @GetAddressList([In, MarshalAs(UnmanagedType.Struct)] object @ObjectType);

        /// <summary>A message of a public folder by its article number</summary>
        [DispId(158)] IMhMessage @GetArticle([In, MarshalAs(UnmanagedType.Struct)] object @ArticleID, [In, MarshalAs(UnmanagedType.Struct)] object @FolderID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>The value of an option of the session</summary>
        [DispId(156)] [return: MarshalAs(UnmanagedType.Struct)] object @GetOption([In, MarshalAs(UnmanagedType.Struct)] object @OptType);

        /// <summary>Sets an option of the session</summary>
        [DispId(157)] void @SetOption([In, MarshalAs(UnmanagedType.Struct)] object @OptType, [In, MarshalAs(UnmanagedType.Struct)] object @OptValue);

        /// <summary>Sets the locale and code page of the session; allowed before Logon only</summary>
        [DispId(145)] void @SetLocaleIDs([In, MarshalAs(UnmanagedType.Struct)] object @LocaleID, [In, MarshalAs(UnmanagedType.Struct)] object @CodePageID);

        /// <summary>True when both ids denote the same object</summary>
        [DispId(137)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @CompareIDs([In, MarshalAs(UnmanagedType.Struct)] object @ID1, [In, MarshalAs(UnmanagedType.Struct)] object @ID2);

        /// <summary>A new conversation index, or the index of a reply to ParentIndex, as hex</summary>
        [DispId(146)] [return: MarshalAs(UnmanagedType.BStr)] string @CreateConversationIndex([In, Optional, MarshalAs(UnmanagedType.Struct)] object @ParentIndex);

        /// <summary>Delivers waiting messages now</summary>
        [DispId(108)] void @DeliverNow();

        /// <summary>Lets the user choose recipients in a dialog</summary>
        [DispId(101)] IMhRecipients @AddressBook([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Recipients, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Title, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @OneAddress, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ForceResolution, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @RecipLists, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ToLabel, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @CcLabel, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @BccLabel, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ParentWindow);

        /// <summary>True while the user is marked as out of the office</summary>
        bool @OutOfOffice { [DispId(82)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(82)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>The text of the automatic reply</summary>
        string @OutOfOfficeText { [DispId(83)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(83)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>True between Logon and Logoff</summary>
        bool @LoggedOn { [DispId(1050)] [return: MarshalAs(UnmanagedType.VariantBool)] get; }

        /// <summary>The name of the profile that the session is logged on with</summary>
        string @ProfileName { [DispId(1051)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The names of this user's profiles, an array; allowed before Logon</summary>
        object @Profiles { [DispId(1052)] [return: MarshalAs(UnmanagedType.Struct)] get; }

        /// <summary>Logs on to an Exchange mailbox with a temporary profile</summary>
        [DispId(1053)] void @LogonExchangeMailbox([In, MarshalAs(UnmanagedType.Struct)] object @User, [In, MarshalAs(UnmanagedType.Struct)] object @Server);

        /// <summary>The mailboxes of the server that the default store is on</summary>
        IMhMailboxes @Mailboxes { [DispId(1054)] get; }

        /// <summary>Opens a mailbox by display name, address or distinguished name</summary>
        [DispId(1055)] IMhMailbox @OpenMailbox([In, MarshalAs(UnmanagedType.Struct)] object @NameOrAddress, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @AsAdministrator);

        /// <summary>What the server holds: live objects, slots, workers, MAPI; allowed before Logon</summary>
        IMhDiagnostics @Diagnostics { [DispId(1056)] get; }

        /// <summary>Closes every object that this session has given out, newest first; stays logged on</summary>
        [DispId(1057)] void @CloseAll();

        /// <summary>Events for programs without sinks, of a store, mailbox or folder, or (without Source) of the default store; Events: MhEvents bits or names</summary>
        [DispId(1058)] IMhSubscription @Subscribe([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Source, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Events);

    }

    /// <summary>An entry of the address book: a person, a list, a resource</summary>
    [ComImport, Guid("CFD4102F-E22C-40E8-99BE-F002F0196EFD"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhAddressEntry
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The display name</summary>
        string @Name { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(0)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The address, without its type</summary>
        string @Address { [DispId(2)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(2)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The type of the address, such as SMTP or EX</summary>
        string @Type { [DispId(17)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(17)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The unique id</summary>
        string @ID { [DispId(14)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the entry stands for: a CdoDisplayType</summary>
        int @DisplayType { [DispId(56)] get; }

        /// <summary>The entry's manager; Nothing when there is none</summary>
        IMhAddressEntry @Manager { [DispId(84)] get; }

        /// <summary>The members of a distribution list; Nothing for other entries</summary>
        IMhAddressEntries @Members { [DispId(64)] get; }

        /// <summary>The properties of the entry, or one of them</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>The SMTP address, also of Exchange users</summary>
        string @SMTPAddress { [DispId(1017)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>Shows the dialog of the entry above ParentWindow</summary>
        [DispId(107)] void @Details([In, Optional, MarshalAs(UnmanagedType.Struct)] object @ParentWindow);

        /// <summary>Saves the changes</summary>
        [DispId(132)] void @Update([In, Optional, MarshalAs(UnmanagedType.Struct)] object @MakePermanent, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @RefreshObject);

        /// <summary>Deletes the entry from its list</summary>
        [DispId(106)] void @Delete();

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

        /// <summary>Free and busy time: one digit of CdoBusyStatus for each Interval minutes</summary>
        [DispId(148)] [return: MarshalAs(UnmanagedType.BStr)] string @GetFreeBusy([In, MarshalAs(UnmanagedType.Struct)] object @StartTime, [In, MarshalAs(UnmanagedType.Struct)] object @EndTime, [In, MarshalAs(UnmanagedType.Struct)] object @Interval);

    }

    /// <summary>The entries of an address list</summary>
    [ComImport, Guid("3B1C8333-426D-40D6-9417-BD401044E341"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhAddressEntries : IEnumerable
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The number of entries that pass the filter</summary>
        int @Count { [DispId(9)] get; }

        /// <summary>An address entry, by number (from 1), by ID, or the next one that sorts at or behind a text</summary>
        IMhAddressEntry this[[In, MarshalAs(UnmanagedType.Struct)] object @Index] { [DispId(0)] get; }

        /// <summary>For Each over the entries</summary>
        [DispId(-4)] [return: MarshalAs(UnmanagedType.IUnknown)] object GetNewEnum();

        /// <summary>What entries must match</summary>
        IMhAddressEntryFilter @Filter { [DispId(61)] get; [DispId(61)] set; }

        /// <summary>Adds an entry of an address type to a list that can be changed; it is saved by its Update</summary>
        [DispId(100)] IMhAddressEntry @Add([In, MarshalAs(UnmanagedType.Struct)] object @Emailtype, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Name, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Address);

        /// <summary>Deletes all entries of the list</summary>
        [DispId(106)] void @Delete();

        /// <summary>The first entry, or Nothing</summary>
        [DispId(109)] IMhAddressEntry @GetFirst();

        /// <summary>The next entry, or Nothing</summary>
        [DispId(111)] IMhAddressEntry @GetNext();

        /// <summary>The last entry, or Nothing</summary>
        [DispId(110)] IMhAddressEntry @GetLast();

        /// <summary>The previous entry, or Nothing</summary>
        [DispId(112)] IMhAddressEntry @GetPrevious();

        /// <summary>Sorts by a property, by name when none is given</summary>
        [DispId(134)] void @Sort([In, Optional, MarshalAs(UnmanagedType.Struct)] object @SortOrder, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @PropID);

    }

    /// <summary>Limits an AddressEntries collection to the entries that match</summary>
    [ComImport, Guid("A3E042D4-9F7F-4EED-90AB-3526FB31B118"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhAddressEntryFilter
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>Part of the name</summary>
        object @Name { [DispId(0)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(0)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>The address</summary>
        object @Address { [DispId(2)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(2)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>True: entries that do not match</summary>
        bool @Not { [DispId(45)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(45)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True: one criterion is enough</summary>
        bool @Or { [DispId(62)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(62)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>Further criteria: properties and the values that they must have</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

    }

    /// <summary>The MAPI properties of an object</summary>
    [ComImport, Guid("958BCD23-2555-4A57-A387-B320BC45184A"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhFields : IEnumerable
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The number of properties</summary>
        int @Count { [DispId(9)] get; }

        /// <summary>A property, by number (from 1), tag or name</summary>
        IMhField this[[In, MarshalAs(UnmanagedType.Struct)] object @Index, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @PropsetID] { [DispId(0)] get; }

        /// <summary>For Each over the properties</summary>
        [DispId(-4)] [return: MarshalAs(UnmanagedType.IUnknown)] object GetNewEnum();

        /// <summary>Adds a property: by name, type and value, or by tag and value</summary>
        [DispId(100)] IMhField @Add([In, MarshalAs(UnmanagedType.Struct)] object @Name, [In, MarshalAs(UnmanagedType.Struct)] object @Class, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @value, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @PropsetID);

        /// <summary>Deletes all properties that can be deleted</summary>
        [DispId(106)] void @Delete();

        /// <summary>Sets the property set that names belong to</summary>
        [DispId(123)] void @SetNamespace([In, MarshalAs(UnmanagedType.Struct)] object @PropsetID);

    }

    /// <summary>A MAPI property</summary>
    [ComImport, Guid("3029867E-4CDD-4FBB-BE63-ACFC0B682576"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhField
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The value</summary>
        object @Value { [DispId(0)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(0)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>The property tag</summary>
        int @ID { [DispId(14)] get; }

        /// <summary>The place in the collection, from 1</summary>
        int @Index { [DispId(19)] get; }

        /// <summary>The name of a named property, else empty</summary>
        string @Name { [DispId(23)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The data type: a CdoFieldType</summary>
        int @Type { [DispId(17)] get; }

        /// <summary>Deletes the property</summary>
        [DispId(106)] void @Delete();

        /// <summary>Reads the value from a file</summary>
        [DispId(127)] void @ReadFromFile([In, MarshalAs(UnmanagedType.Struct)] object @FileName);

        /// <summary>Writes the value to a file</summary>
        [DispId(133)] void @WriteToFile([In, MarshalAs(UnmanagedType.Struct)] object @FileName);

    }

    /// <summary>A folder</summary>
    [ComImport, Guid("814E3D2A-4888-4FEC-AF9E-46B238FDCAE6"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhFolder
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The name</summary>
        string @Name { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(0)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The unique id</summary>
        string @ID { [DispId(14)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The id of the parent folder</summary>
        string @FolderID { [DispId(51)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The id of the store</summary>
        string @StoreID { [DispId(52)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The subfolders</summary>
        IMhFolders @Folders { [DispId(13)] get; }

        /// <summary>The messages</summary>
        IMhMessages @Messages { [DispId(22)] get; }

        /// <summary>The hidden messages: forms, views, settings</summary>
        IMhMessages @HiddenMessages { [DispId(327)] get; }

        /// <summary>The properties of the folder, or one of them</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>Copies the folder into another one</summary>
        [DispId(104)] IMhFolder @CopyTo([In, MarshalAs(UnmanagedType.Struct)] object @FolderID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Name, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @CopySubfolders);

        /// <summary>Moves the folder into another one</summary>
        [DispId(120)] IMhFolder @MoveTo([In, MarshalAs(UnmanagedType.Struct)] object @FolderID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>Deletes the folder with its contents, or moves it to Deleted Items</summary>
        [DispId(106)] void @Delete([In, Optional, MarshalAs(UnmanagedType.Struct)] object @DeletedItems);

        /// <summary>Saves the changes</summary>
        [DispId(132)] void @Update([In, Optional, MarshalAs(UnmanagedType.Struct)] object @MakePermanent, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @RefreshObject);

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

        /// <summary>The names from the root down, with backslashes between them</summary>
        string @Path { [DispId(1022)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The number of messages</summary>
        int @Count { [DispId(1023)] get; }

        /// <summary>The number of unread messages</summary>
        int @UnreadCount { [DispId(1024)] get; }

        /// <summary>Deletes all messages and subfolders; hidden messages only when asked for</summary>
        [DispId(1025)] void @Empty([In, Optional, MarshalAs(UnmanagedType.Struct)] object @DeleteHidden);

        /// <summary>Makes a search folder that shows what matches in this folder and, if Recursive, below it</summary>
        [DispId(1026)] IMhFolder @AddSearchFolder([In, MarshalAs(UnmanagedType.Struct)] object @Name, [In, MarshalAs(UnmanagedType.Struct)] object @Where, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Recursive);

        /// <summary>Empties the Deleted Items folder of the store</summary>
        [DispId(1027)] void @EmptyDeletedItems();

        /// <summary>Marks all messages as read, or unread</summary>
        [DispId(1028)] void @SetReadFlags([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Read);

    }

    /// <summary>The subfolders of a folder</summary>
    [ComImport, Guid("0D26F6BE-9855-459D-A63A-3202EA4C1894"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhFolders : IEnumerable
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The number of folders</summary>
        int @Count { [DispId(9)] get; }

        /// <summary>A folder, by number (from 1), name or id</summary>
        IMhFolder this[[In, MarshalAs(UnmanagedType.Struct)] object @Index] { [DispId(0)] get; }

        /// <summary>For Each over the folders</summary>
        [DispId(-4)] [return: MarshalAs(UnmanagedType.IUnknown)] object GetNewEnum();

        /// <summary>Makes a folder; with OpenExisting an existing one of that name is answered</summary>
        [DispId(100)] IMhFolder @Add([In, MarshalAs(UnmanagedType.Struct)] object @Name, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @OpenExisting);

        /// <summary>Deletes all folders of the collection with their contents</summary>
        [DispId(106)] void @Delete();

        /// <summary>The first folder, or Nothing</summary>
        [DispId(109)] IMhFolder @GetFirst();

        /// <summary>The next folder, or Nothing</summary>
        [DispId(111)] IMhFolder @GetNext();

        /// <summary>The last folder, or Nothing</summary>
        [DispId(110)] IMhFolder @GetLast();

        /// <summary>The previous folder, or Nothing</summary>
        [DispId(112)] IMhFolder @GetPrevious();

        /// <summary>Sorts by a property; by name when none is given</summary>
        [DispId(134)] void @Sort([In, Optional, MarshalAs(UnmanagedType.Struct)] object @SortOrder, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @PropID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @PropTag);

    }

    /// <summary>The messages of a folder</summary>
    [ComImport, Guid("90C9730D-A96A-4BDB-A045-A0B12801CD13"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhMessages : IEnumerable
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The number of messages that pass the filter</summary>
        int @Count { [DispId(9)] get; }

        /// <summary>A message, by number (from 1), id, or the beginning of what the collection is sorted by</summary>
        object this[[In, MarshalAs(UnmanagedType.Struct)] object @Index] { [DispId(0)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>For Each over the messages</summary>
        [DispId(-4)] [return: MarshalAs(UnmanagedType.IUnknown)] object GetNewEnum();

        /// <summary>What messages must match</summary>
        IMhMessageFilter @Filter { [DispId(61)] get; [DispId(61)] set; }

        /// <summary>Makes a message; it is saved by its Update or Send</summary>
        [DispId(100)] [return: MarshalAs(UnmanagedType.IDispatch)] object @Add([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Subject, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Text, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Type, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Importance);

        /// <summary>Deletes all messages of the collection</summary>
        [DispId(106)] void @Delete();

        /// <summary>The first message, or Nothing; Filter is a message class</summary>
        [DispId(109)] [return: MarshalAs(UnmanagedType.IDispatch)] object @GetFirst([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Filter);

        /// <summary>The next message, or Nothing</summary>
        [DispId(111)] [return: MarshalAs(UnmanagedType.IDispatch)] object @GetNext();

        /// <summary>The last message, or Nothing; Filter is a message class</summary>
        [DispId(110)] [return: MarshalAs(UnmanagedType.IDispatch)] object @GetLast([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Filter);

        /// <summary>The previous message, or Nothing</summary>
        [DispId(112)] [return: MarshalAs(UnmanagedType.IDispatch)] object @GetPrevious();

        /// <summary>Sorts by a property; by the time received when none is given</summary>
        [DispId(134)] void @Sort([In, Optional, MarshalAs(UnmanagedType.Struct)] object @SortOrder, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @PropID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @PropTag);

        /// <summary>A new collection of the messages that match a where clause</summary>
        [DispId(1019)] IMhMessages @Restrict([In, MarshalAs(UnmanagedType.Struct)] object @Where);

        /// <summary>The first message that matches a where clause, or Nothing</summary>
        [DispId(1020)] [return: MarshalAs(UnmanagedType.IDispatch)] object @Find([In, MarshalAs(UnmanagedType.Struct)] object @Where);

        /// <summary>Properties of many messages at once: an array (row, column)</summary>
        [DispId(1021)] [return: MarshalAs(UnmanagedType.Struct)] object @GetRows([In, MarshalAs(UnmanagedType.Struct)] object @Columns, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @MaxRows, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StartRow, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @UTC);

        /// <summary>Deletes the messages with these ids; answers how many ids there were</summary>
        [DispId(1022)] int @DeleteMany([In, MarshalAs(UnmanagedType.Struct)] object @IDs, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @DeletedItems);

        /// <summary>Moves the messages with these ids to a folder; answers how many ids there were</summary>
        [DispId(1023)] int @MoveMany([In, MarshalAs(UnmanagedType.Struct)] object @IDs, [In, MarshalAs(UnmanagedType.Struct)] object @Folder);

        /// <summary>Copies the messages with these ids to a folder; answers how many ids there were</summary>
        [DispId(1024)] int @CopyMany([In, MarshalAs(UnmanagedType.Struct)] object @IDs, [In, MarshalAs(UnmanagedType.Struct)] object @Folder);

        /// <summary>Marks the messages with these ids, or all, as read or unread</summary>
        [DispId(1025)] void @SetReadFlags([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Read, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @IDs);

    }

    /// <summary>Limits a Messages collection to the messages that match</summary>
    [ComImport, Guid("AD0658F5-9D67-4F88-ABA8-AF1D5C8D9CA7"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhMessageFilter
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>Part of the subject</summary>
        object @Subject { [DispId(0)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(0)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>Part of the text</summary>
        object @Text { [DispId(39)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(39)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>Part of the name of a recipient</summary>
        object @Recipients { [DispId(28)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(28)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>Part of the sender's name</summary>
        object @Sender { [DispId(32)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(32)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>The message class</summary>
        object @Type { [DispId(17)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(17)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>The conversation topic</summary>
        object @Conversation { [DispId(8)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(8)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>The importance: a CdoImportance</summary>
        object @Importance { [DispId(27)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(27)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>True: sent messages; False: those that are not</summary>
        object @Sent { [DispId(33)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(33)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>Messages larger than this number of bytes</summary>
        object @Size { [DispId(36)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(36)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>Messages received at this time or later</summary>
        object @TimeFirst { [DispId(46)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(46)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>Messages received at this time or before</summary>
        object @TimeLast { [DispId(47)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(47)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>True: unread messages; False: read ones</summary>
        object @Unread { [DispId(42)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(42)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>True: messages that do not match</summary>
        bool @Not { [DispId(45)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(45)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True: one criterion is enough</summary>
        bool @Or { [DispId(62)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(62)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>Further criteria: properties and the values that they must have</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

    }

    /// <summary>A message store</summary>
    [ComImport, Guid("723F685F-B2B9-49FE-B03F-8D7B2DF460C2"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhInfoStore
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The name of the store</summary>
        string @Name { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The unique id</summary>
        string @ID { [DispId(14)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The place in the InfoStores collection, from 1</summary>
        int @Index { [DispId(19)] get; }

        /// <summary>The name of the store provider</summary>
        string @ProviderName { [DispId(58)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The root of the IPM subtree: the folders that a person sees</summary>
        IMhFolder @RootFolder { [DispId(59)] get; }

        /// <summary>The properties of the store, or one of them</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

        /// <summary>The folder that receives mail</summary>
        IMhFolder @Inbox { [DispId(1016)] get; }

        /// <summary>The folder of mail that waits to be sent</summary>
        IMhFolder @Outbox { [DispId(1017)] get; }

        /// <summary>The folder of copies of sent mail</summary>
        IMhFolder @SentItems { [DispId(1018)] get; }

        /// <summary>The folder of deleted items</summary>
        IMhFolder @DeletedItems { [DispId(1019)] get; }

        /// <summary>The folder of unfinished mail</summary>
        IMhFolder @Drafts { [DispId(1020)] get; }

        /// <summary>The calendar folder</summary>
        IMhFolder @Calendar { [DispId(1021)] get; }

        /// <summary>The contacts folder</summary>
        IMhFolder @Contacts { [DispId(1022)] get; }

        /// <summary>The tasks folder</summary>
        IMhFolder @Tasks { [DispId(1023)] get; }

        /// <summary>The notes folder</summary>
        IMhFolder @Notes { [DispId(1024)] get; }

        /// <summary>The journal folder</summary>
        IMhFolder @Journal { [DispId(1025)] get; }

        /// <summary>A folder by its path from the root, with backslashes between the names</summary>
        [DispId(1026)] IMhFolder @GetFolderFromPath([In, MarshalAs(UnmanagedType.Struct)] object @Path);

        /// <summary>The folder that receives messages of a class</summary>
        [DispId(1027)] IMhFolder @GetReceiveFolder([In, Optional, MarshalAs(UnmanagedType.Struct)] object @MessageClass);

        /// <summary>The size of all messages in bytes</summary>
        double @Size { [DispId(1028)] get; }

        /// <summary>The size in bytes from which sending is refused; 0 for no limit</summary>
        double @Quota { [DispId(1029)] get; }

        /// <summary>Closes everything that was opened from the store, and the store</summary>
        [DispId(1030)] void @Close();

    }

    /// <summary>A message</summary>
    [ComImport, Guid("F4935AB9-B9D9-4031-8C93-79076D05CD30"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhMessage
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The subject</summary>
        string @Subject { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(0)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The text of the message, without formatting</summary>
        string @Text { [DispId(39)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(39)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The message class, such as IPM.Note</summary>
        string @Type { [DispId(17)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(17)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The unique id</summary>
        string @ID { [DispId(14)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The id of the folder that holds the message</summary>
        string @FolderID { [DispId(51)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The id of the store that holds the message</summary>
        string @StoreID { [DispId(52)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The size in bytes, about</summary>
        int @Size { [DispId(36)] get; }

        /// <summary>The importance: a CdoImportance</summary>
        int @Importance { [DispId(27)] get; [DispId(27)] set; }

        /// <summary>The sensitivity: a CdoSensitivity</summary>
        int @Sensitivity { [DispId(300)] get; [DispId(300)] set; }

        /// <summary>True when the message was sent or received</summary>
        bool @Sent { [DispId(33)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(33)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message was given to the mail system</summary>
        bool @Submitted { [DispId(18)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(18)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message is unread</summary>
        bool @Unread { [DispId(42)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(42)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message is signed</summary>
        bool @Signed { [DispId(35)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(35)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message is encrypted</summary>
        bool @Encrypted { [DispId(10)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(10)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the sender wants a receipt when the message is read</summary>
        bool @ReadReceipt { [DispId(30)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(30)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the sender wants a receipt when the message is delivered</summary>
        bool @DeliveryReceipt { [DispId(50)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(50)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>When the message was made</summary>
        DateTime @TimeCreated { [DispId(97)] get; }

        /// <summary>When the message was last saved</summary>
        DateTime @TimeLastModified { [DispId(301)] get; }

        /// <summary>When the message was received</summary>
        DateTime @TimeReceived { [DispId(40)] get; [DispId(40)] set; }

        /// <summary>When the message was sent</summary>
        DateTime @TimeSent { [DispId(41)] get; [DispId(41)] set; }

        /// <summary>When the message becomes invalid</summary>
        DateTime @TimeExpired { [DispId(98)] get; [DispId(98)] set; }

        /// <summary>The conversation id, as hex</summary>
        string @Conversation { [DispId(8)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(8)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The place in the conversation, as hex</summary>
        string @ConversationIndex { [DispId(55)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(55)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The subject of the conversation</summary>
        string @ConversationTopic { [DispId(54)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(54)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The categories: an array of texts</summary>
        object @Categories { [DispId(96)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(96)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>The sender; Nothing when there is none yet</summary>
        IMhAddressEntry @Sender { [DispId(32)] get; [DispId(32)] set; }

        /// <summary>The recipients</summary>
        IMhRecipients @Recipients { [DispId(28)] get; [DispId(28)] set; }

        /// <summary>The attachments</summary>
        IMhAttachments @Attachments { [DispId(5)] get; }

        /// <summary>The properties of the message, or one of them</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>Copies the message into a folder</summary>
        [DispId(104)] [return: MarshalAs(UnmanagedType.IDispatch)] object @CopyTo([In, MarshalAs(UnmanagedType.Struct)] object @FolderID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>Moves the message into a folder</summary>
        [DispId(120)] [return: MarshalAs(UnmanagedType.IDispatch)] object @MoveTo([In, MarshalAs(UnmanagedType.Struct)] object @FolderID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>Deletes the message, or moves it to Deleted Items</summary>
        [DispId(106)] void @Delete([In, Optional, MarshalAs(UnmanagedType.Struct)] object @DeletedItems);

        /// <summary>A new message that forwards this one</summary>
        [DispId(113)] [return: MarshalAs(UnmanagedType.IDispatch)] object @Forward();

        /// <summary>A new message to the sender</summary>
        [DispId(128)] [return: MarshalAs(UnmanagedType.IDispatch)] object @Reply();

        /// <summary>A new message to the sender and all recipients</summary>
        [DispId(129)] [return: MarshalAs(UnmanagedType.IDispatch)] object @ReplyAll();

        /// <summary>Sends the message</summary>
        [DispId(131)] void @Send([In, Optional, MarshalAs(UnmanagedType.Struct)] object @SaveCopy, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ShowDialog, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ParentWindow);

        /// <summary>Saves the changes</summary>
        [DispId(132)] void @Update([In, Optional, MarshalAs(UnmanagedType.Struct)] object @MakePermanent, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @RefreshObject);

        /// <summary>Shows the dialog of delivery options above ParentWindow</summary>
        [DispId(125)] void @Options([In, Optional, MarshalAs(UnmanagedType.Struct)] object @ParentWindow);

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

        /// <summary>The text of the message, without formatting: the same as Text</summary>
        string @Body { [DispId(1048)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1048)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The text of the message as HTML</summary>
        string @HTMLBody { [DispId(1049)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1049)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The text of the message as RTF</summary>
        string @RTFBody { [DispId(1050)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1050)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The format that the message is kept in: an MhBodyFormat</summary>
        int @BodyFormat { [DispId(1051)] get; [DispId(1051)] set; }

        /// <summary>The names of the To recipients; setting it replaces them</summary>
        string @To { [DispId(1052)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1052)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The names of the Cc recipients; setting it replaces them</summary>
        string @CC { [DispId(1053)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1053)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The names of the Bcc recipients; setting it replaces them</summary>
        string @BCC { [DispId(1054)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1054)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The name of the sender</summary>
        string @SenderName { [DispId(1055)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The address of the sender, SMTP where it is known</summary>
        string @SenderEmailAddress { [DispId(1056)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The Message-ID</summary>
        string @InternetMessageID { [DispId(1057)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The Internet headers of a received message</summary>
        string @Headers { [DispId(1058)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>Saves the changes: the same as Update</summary>
        [DispId(1059)] void @Save();

        /// <summary>Writes the message to a file: an MhSaveAsType, else what the file name ends with (.msg, .eml)</summary>
        [DispId(1060)] void @SaveAs([In, MarshalAs(UnmanagedType.Struct)] object @Path, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Type);

        /// <summary>Reads a .msg or .eml file into this message</summary>
        [DispId(1061)] void @Import([In, MarshalAs(UnmanagedType.Struct)] object @Path, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Type);

        /// <summary>Marks the message as read, or unread, at once and without a receipt</summary>
        [DispId(1062)] void @MarkRead([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Read);

        /// <summary>Many properties at once: an array of values, Null for absent ones</summary>
        [DispId(1063)] [return: MarshalAs(UnmanagedType.Struct)] object @GetProps([In, MarshalAs(UnmanagedType.Struct)] object @Tags);

        /// <summary>Sets many properties at once; Null deletes one</summary>
        [DispId(1064)] void @SetProps([In, MarshalAs(UnmanagedType.Struct)] object @Tags, [In, MarshalAs(UnmanagedType.Struct)] object @Values);

        /// <summary>Opens a property as a stream; Writable replaces what is there</summary>
        [DispId(1065)] IMhPropertyStream @OpenStream([In, MarshalAs(UnmanagedType.Struct)] object @Tag, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Writable);

    }

    /// <summary>The recipients of a message</summary>
    [ComImport, Guid("720B6CEE-36D1-4B10-8A86-DFFD29C414B2"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhRecipients : IEnumerable
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The number of recipients</summary>
        int @Count { [DispId(9)] get; }

        /// <summary>A recipient, by number (from 1) or name</summary>
        IMhRecipient this[[In, MarshalAs(UnmanagedType.Struct)] object @Index] { [DispId(0)] get; }

        /// <summary>For Each over the recipients</summary>
        [DispId(-4)] [return: MarshalAs(UnmanagedType.IUnknown)] object GetNewEnum();

        /// <summary>Adds a recipient by name, by full address (SMTP:a@b.c), or by the ID of an entry</summary>
        [DispId(100)] IMhRecipient @Add([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Name, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Address, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Type, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @EntryID);

        /// <summary>Adds recipients from a text of names and addresses between semicolons</summary>
        [DispId(147)] void @AddMultiple([In, MarshalAs(UnmanagedType.Struct)] object @Names, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Type);

        /// <summary>Deletes all recipients</summary>
        [DispId(106)] void @Delete();

        /// <summary>Resolves every recipient that is not resolved</summary>
        [DispId(130)] void @Resolve([In, Optional, MarshalAs(UnmanagedType.Struct)] object @ShowDialog);

        /// <summary>True when every recipient is resolved</summary>
        bool @Resolved { [DispId(29)] [return: MarshalAs(UnmanagedType.VariantBool)] get; }

        /// <summary>The first recipient that is not resolved, or Nothing</summary>
        [DispId(143)] IMhRecipient @GetFirstUnresolved();

        /// <summary>The next recipient that is not resolved, or Nothing</summary>
        [DispId(144)] IMhRecipient @GetNextUnresolved();

        /// <summary>Free and busy time: one digit of CdoBusyStatus for each Interval minutes</summary>
        [DispId(148)] [return: MarshalAs(UnmanagedType.BStr)] string @GetFreeBusy([In, MarshalAs(UnmanagedType.Struct)] object @StartTime, [In, MarshalAs(UnmanagedType.Struct)] object @EndTime, [In, MarshalAs(UnmanagedType.Struct)] object @Interval);

    }

    /// <summary>A recipient of a message</summary>
    [ComImport, Guid("FE7785A1-DF84-4661-B685-1A0CCF43744A"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhRecipient
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The display name</summary>
        string @Name { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(0)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The full address: type, colon, address</summary>
        string @Address { [DispId(2)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(2)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The line that the recipient is on: a CdoRecipientType</summary>
        int @Type { [DispId(17)] get; [DispId(17)] set; }

        /// <summary>The place in the collection, from 1</summary>
        int @Index { [DispId(19)] get; }

        /// <summary>The ID of the address entry</summary>
        string @ID { [DispId(14)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(14)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>What the recipient stands for: a CdoDisplayType</summary>
        int @DisplayType { [DispId(56)] get; }

        /// <summary>The address entry; Nothing when the recipient is not resolved</summary>
        IMhAddressEntry @AddressEntry { [DispId(53)] get; [DispId(53)] set; }

        /// <summary>The address entries that the name may mean; Nothing when there is none</summary>
        IMhAddressEntries @AmbiguousNames { [DispId(81)] get; }

        /// <summary>The properties of the recipient, or one of them</summary>
        IMhFields @Fields { [DispId(1017)] get; }

        /// <summary>What the recipient answered to a meeting request: a CdoResponseStatus</summary>
        int @MeetingResponseStatus { [DispId(325)] get; [DispId(325)] set; }

        /// <summary>The SMTP address, also of Exchange users</summary>
        string @SMTPAddress { [DispId(1019)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>Deletes the recipient from the message</summary>
        [DispId(106)] void @Delete();

        /// <summary>Looks the name up in the address book, or makes a one-off entry of the address</summary>
        [DispId(130)] void @Resolve([In, Optional, MarshalAs(UnmanagedType.Struct)] object @ShowDialog);

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

        /// <summary>Free and busy time: one digit of CdoBusyStatus for each Interval minutes</summary>
        [DispId(148)] [return: MarshalAs(UnmanagedType.BStr)] string @GetFreeBusy([In, MarshalAs(UnmanagedType.Struct)] object @StartTime, [In, MarshalAs(UnmanagedType.Struct)] object @EndTime, [In, MarshalAs(UnmanagedType.Struct)] object @Interval);

    }

    /// <summary>The attachments of a message</summary>
    [ComImport, Guid("3591523A-7F30-4E9E-9C2F-FA5A1F94DFEE"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhAttachments : IEnumerable
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The number of attachments</summary>
        int @Count { [DispId(9)] get; }

        /// <summary>An attachment, by number (from 1) or name</summary>
        IMhAttachment this[[In, MarshalAs(UnmanagedType.Struct)] object @Index] { [DispId(0)] get; }

        /// <summary>For Each over the attachments</summary>
        [DispId(-4)] [return: MarshalAs(UnmanagedType.IUnknown)] object GetNewEnum();

        /// <summary>Adds an attachment; Source is a full path, or the ID of a message for CdoEmbeddedMessage</summary>
        [DispId(100)] IMhAttachment @Add([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Name, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Position, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Type, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Source);

        /// <summary>Deletes all attachments</summary>
        [DispId(106)] void @Delete();

    }

    /// <summary>An attachment</summary>
    [ComImport, Guid("AAACAAF4-B719-46E0-B34F-E10148F0ED27"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhAttachment
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The display name</summary>
        string @Name { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(0)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>How the attachment holds its content: a CdoAttachmentType</summary>
        int @Type { [DispId(17)] get; [DispId(17)] set; }

        /// <summary>The place in the collection, from 1</summary>
        int @Index { [DispId(19)] get; }

        /// <summary>The position in the text, in characters; -1 for none</summary>
        int @Position { [DispId(26)] get; [DispId(26)] set; }

        /// <summary>The path of the file, the OLE class name, or the embedded message</summary>
        object @Source { [DispId(37)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(37)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>The properties of the attachment, or one of them</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>The id by which HTML text refers to the attachment</summary>
        string @ContentID { [DispId(1015)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1015)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The location by which HTML text refers to the attachment</summary>
        string @ContentLocation { [DispId(1016)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1016)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The base of a relative ContentLocation</summary>
        string @ContentBase { [DispId(1017)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1017)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>Deletes the attachment</summary>
        [DispId(106)] void @Delete();

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

        /// <summary>Reads the content from a file</summary>
        [DispId(127)] void @ReadFromFile([In, MarshalAs(UnmanagedType.Struct)] object @FileName);

        /// <summary>Writes the content to a file</summary>
        [DispId(133)] void @WriteToFile([In, MarshalAs(UnmanagedType.Struct)] object @FileName);

        /// <summary>The file name with its extension</summary>
        string @FileName { [DispId(1022)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1022)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The MIME type</summary>
        string @MimeType { [DispId(1023)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1023)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The size of the content in bytes</summary>
        int @Size { [DispId(1024)] get; }

        /// <summary>The embedded message; Nothing when the content is no message</summary>
        object @EmbeddedMessage { [DispId(1025)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The content as a byte array</summary>
        object @Bytes { [DispId(1026)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(1026)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>Opens the content as a stream; Writable replaces what is there</summary>
        [DispId(1027)] IMhPropertyStream @OpenStream([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Writable);

    }

    /// <summary>A large value, read and written in pieces</summary>
    [ComImport, Guid("CCE1061D-E18A-410E-A02A-1CBFCFAB315A"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhPropertyStream
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The size in bytes</summary>
        int @Size { [DispId(1010)] get; }

        /// <summary>The position in bytes, from 0</summary>
        int @Position { [DispId(1011)] get; [DispId(1011)] set; }

        /// <summary>Reads at most Count bytes, or all that follow, as a byte array</summary>
        [DispId(1012)] [return: MarshalAs(UnmanagedType.Struct)] object @Read([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Count);

        /// <summary>Writes a byte array at the position; answers the number of bytes</summary>
        [DispId(1013)] int @Write([In, MarshalAs(UnmanagedType.Struct)] object @Bytes);

        /// <summary>Cuts the value off at the position</summary>
        [DispId(1014)] void @SetEnd();

        /// <summary>Commits what was written and closes the stream</summary>
        [DispId(1015)] void @Close();

    }

    /// <summary>A container of the address book</summary>
    [ComImport, Guid("61ABCC28-7C54-41B1-9C93-C7FF8C937B61"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhAddressList
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The display name</summary>
        string @Name { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The unique id</summary>
        string @ID { [DispId(14)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The place in the collection, from 1</summary>
        int @Index { [DispId(19)] get; }

        /// <summary>True when entries cannot be added or changed</summary>
        bool @IsReadOnly { [DispId(60)] [return: MarshalAs(UnmanagedType.VariantBool)] get; }

        /// <summary>The entries of the list</summary>
        IMhAddressEntries @AddressEntries { [DispId(3)] get; }

        /// <summary>The properties of the list, or one of them</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

    }

    /// <summary>The mailboxes of the server</summary>
    [ComImport, Guid("140E13FF-CA22-4C46-ABDF-E57AFA671754"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhMailboxes : IEnumerable
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The number of mailboxes</summary>
        int @Count { [DispId(1010)] get; }

        /// <summary>A mailbox, by number (from 1), name, alias or distinguished name; it is opened when it is used</summary>
        IMhMailbox this[[In, MarshalAs(UnmanagedType.Struct)] object @Index] { [DispId(0)] get; }

        /// <summary>For Each over the mailboxes</summary>
        [DispId(-4)] [return: MarshalAs(UnmanagedType.IUnknown)] object GetNewEnum();

        /// <summary>Reads the server's table again</summary>
        [DispId(1011)] void @Refresh();

    }

    /// <summary>A mailbox of the server: a message store and its directory entry</summary>
    [ComImport, Guid("B3B31FE5-E593-4F69-A1DF-7D99C3C1F508"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhMailbox
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The name of the store</summary>
        string @Name { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The unique id</summary>
        string @ID { [DispId(14)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The place in the InfoStores collection, from 1</summary>
        int @Index { [DispId(19)] get; }

        /// <summary>The name of the store provider</summary>
        string @ProviderName { [DispId(58)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The root of the IPM subtree: the folders that a person sees</summary>
        IMhFolder @RootFolder { [DispId(59)] get; }

        /// <summary>The properties of the store, or one of them</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

        /// <summary>The folder that receives mail</summary>
        IMhFolder @Inbox { [DispId(1016)] get; }

        /// <summary>The folder of mail that waits to be sent</summary>
        IMhFolder @Outbox { [DispId(1017)] get; }

        /// <summary>The folder of copies of sent mail</summary>
        IMhFolder @SentItems { [DispId(1018)] get; }

        /// <summary>The folder of deleted items</summary>
        IMhFolder @DeletedItems { [DispId(1019)] get; }

        /// <summary>The folder of unfinished mail</summary>
        IMhFolder @Drafts { [DispId(1020)] get; }

        /// <summary>The calendar folder</summary>
        IMhFolder @Calendar { [DispId(1021)] get; }

        /// <summary>The contacts folder</summary>
        IMhFolder @Contacts { [DispId(1022)] get; }

        /// <summary>The tasks folder</summary>
        IMhFolder @Tasks { [DispId(1023)] get; }

        /// <summary>The notes folder</summary>
        IMhFolder @Notes { [DispId(1024)] get; }

        /// <summary>The journal folder</summary>
        IMhFolder @Journal { [DispId(1025)] get; }

        /// <summary>A folder by its path from the root, with backslashes between the names</summary>
        [DispId(1026)] IMhFolder @GetFolderFromPath([In, MarshalAs(UnmanagedType.Struct)] object @Path);

        /// <summary>The folder that receives messages of a class</summary>
        [DispId(1027)] IMhFolder @GetReceiveFolder([In, Optional, MarshalAs(UnmanagedType.Struct)] object @MessageClass);

        /// <summary>The size of all messages in bytes</summary>
        double @Size { [DispId(1028)] get; }

        /// <summary>The size in bytes from which sending is refused; 0 for no limit</summary>
        double @Quota { [DispId(1029)] get; }

        /// <summary>Closes everything that was opened from the store, and the store</summary>
        [DispId(1030)] void @Close();

        /// <summary>The SMTP address, or the distinguished name where there is none</summary>
        string @Address { [DispId(1040)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The distinguished name of the owner's directory entry</summary>
        string @DistinguishedName { [DispId(1041)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The display name of the owner</summary>
        string @Owner { [DispId(1042)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>When somebody last logged on, in local time; Null for never</summary>
        object @LastLogon { [DispId(1043)] [return: MarshalAs(UnmanagedType.Struct)] get; }

        /// <summary>The number of items as the server's table gives it</summary>
        int @ItemCount { [DispId(1044)] get; }

        /// <summary>Opens the mailbox, or opens it again after Close or after its worker ended</summary>
        [DispId(1045)] void @Open([In, Optional, MarshalAs(UnmanagedType.Struct)] object @AsAdministrator);

        /// <summary>True while the mailbox is open (an idle one may be parked: it is open all the same)</summary>
        bool @IsOpen { [DispId(1046)] [return: MarshalAs(UnmanagedType.VariantBool)] get; }

        /// <summary>The id of the process that holds the mailbox; 0 while it is not open</summary>
        int @ProcessID { [DispId(1047)] get; }

    }

    /// <summary>What the server holds: live objects, store slots, workers, the MAPI that was found</summary>
    [ComImport, Guid("D5C3D551-4D89-4177-B1E0-D01A63529CB8"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhDiagnostics
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The id of the process that this object runs in</summary>
        int @ProcessID { [DispId(1010)] get; }

        /// <summary>The bitness of the server: 32 or 64</summary>
        int @Bitness { [DispId(1011)] get; }

        /// <summary>The version of the server</summary>
        string @Version { [DispId(1012)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The number of live objects of the process, or of one kind ("Message")</summary>
        [DispId(1013)] int Get_ObjectCount([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Kind);

        /// <summary>Live objects by kind: a 2-D array with the columns kind, count</summary>
        object @ObjectCounts { [DispId(1014)] [return: MarshalAs(UnmanagedType.Struct)] get; }

        /// <summary>Live objects by kind and by the member that made them: a 2-D array with the columns kind, "Object.Member", count</summary>
        object @LiveObjects { [DispId(1015)] [return: MarshalAs(UnmanagedType.Struct)] get; }

        /// <summary>The MAPI DLL that is loaded, empty if none</summary>
        string @ProviderPath { [DispId(1016)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The bitness of the MAPI DLL, 0 if none is loaded</summary>
        int @ProviderBitness { [DispId(1017)] get; }

        /// <summary>What the search for MAPI found, for a person</summary>
        string @ProviderStatus { [DispId(1018)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The number of threads that sessions are spread over</summary>
        int @ThreadCount { [DispId(1019)] get; }

        /// <summary>The number of processes with sessions</summary>
        int @ClientCount { [DispId(1020)] get; }

        /// <summary>The number of worker processes that run for this process</summary>
        int @WorkerCount { [DispId(1021)] get; }

        /// <summary>The number of worker processes that may run: the setting MaxWorkers</summary>
        int @WorkerLimit { [DispId(1022)] get; }

        /// <summary>The number of store logons of this process: open stores that are not parked</summary>
        int @SlotsUsed { [DispId(1023)] get; }

        /// <summary>The number of store logons that this process may still take</summary>
        int @SlotsFree { [DispId(1024)] get; }

    }

    /// <summary>Events for programs without event sinks: wait for them or drain them</summary>
    [ComImport, Guid("F5EDABAD-0259-4FF5-A700-522D9B6F3A18"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhSubscription
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>Waits for events, at most that long (default: forever): an array as of Drain, empty at the time's end</summary>
        [DispId(1010)] [return: MarshalAs(UnmanagedType.Struct)] object @Wait([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Milliseconds);

        /// <summary>The events so far: a 2-D array with the columns name, ObjectType, EntryID, ParentID, StoreID, OldEntryID, OldParentID</summary>
        [DispId(1011)] [return: MarshalAs(UnmanagedType.Struct)] object @Drain();

        /// <summary>Ends the subscription</summary>
        [DispId(1012)] void @Close();

        /// <summary>The number of events that wait</summary>
        int @Count { [DispId(1013)] get; }

    }

    /// <summary>The message stores of the profile</summary>
    [ComImport, Guid("B32BA1E2-F613-46AC-BF8F-B534EA0914DD"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhInfoStores : IEnumerable
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The number of message stores</summary>
        int @Count { [DispId(9)] get; }

        /// <summary>A message store, by number (from 1) or name</summary>
        IMhInfoStore this[[In, MarshalAs(UnmanagedType.Struct)] object @Index] { [DispId(0)] get; }

        /// <summary>For Each over the message stores</summary>
        [DispId(-4)] [return: MarshalAs(UnmanagedType.IUnknown)] object GetNewEnum();

    }

    /// <summary>An appointment in a calendar: a Message with times</summary>
    [ComImport, Guid("06717BEC-0744-428A-AE47-904D2E811278"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhAppointmentItem
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The subject</summary>
        string @Subject { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(0)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The text of the message, without formatting</summary>
        string @Text { [DispId(39)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(39)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The message class, such as IPM.Note</summary>
        string @Type { [DispId(17)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(17)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The unique id</summary>
        string @ID { [DispId(14)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The id of the folder that holds the message</summary>
        string @FolderID { [DispId(51)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The id of the store that holds the message</summary>
        string @StoreID { [DispId(52)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The size in bytes, about</summary>
        int @Size { [DispId(36)] get; }

        /// <summary>The importance: a CdoImportance</summary>
        int @Importance { [DispId(27)] get; [DispId(27)] set; }

        /// <summary>The sensitivity: a CdoSensitivity</summary>
        int @Sensitivity { [DispId(300)] get; [DispId(300)] set; }

        /// <summary>True when the message was sent or received</summary>
        bool @Sent { [DispId(33)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(33)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message was given to the mail system</summary>
        bool @Submitted { [DispId(18)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(18)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message is unread</summary>
        bool @Unread { [DispId(42)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(42)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message is signed</summary>
        bool @Signed { [DispId(35)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(35)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message is encrypted</summary>
        bool @Encrypted { [DispId(10)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(10)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the sender wants a receipt when the message is read</summary>
        bool @ReadReceipt { [DispId(30)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(30)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the sender wants a receipt when the message is delivered</summary>
        bool @DeliveryReceipt { [DispId(50)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(50)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>When the message was made</summary>
        DateTime @TimeCreated { [DispId(97)] get; }

        /// <summary>When the message was last saved</summary>
        DateTime @TimeLastModified { [DispId(301)] get; }

        /// <summary>When the message was received</summary>
        DateTime @TimeReceived { [DispId(40)] get; [DispId(40)] set; }

        /// <summary>When the message was sent</summary>
        DateTime @TimeSent { [DispId(41)] get; [DispId(41)] set; }

        /// <summary>When the message becomes invalid</summary>
        DateTime @TimeExpired { [DispId(98)] get; [DispId(98)] set; }

        /// <summary>The conversation id, as hex</summary>
        string @Conversation { [DispId(8)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(8)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The place in the conversation, as hex</summary>
        string @ConversationIndex { [DispId(55)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(55)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The subject of the conversation</summary>
        string @ConversationTopic { [DispId(54)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(54)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The categories: an array of texts</summary>
        object @Categories { [DispId(96)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(96)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>The sender; Nothing when there is none yet</summary>
        IMhAddressEntry @Sender { [DispId(32)] get; [DispId(32)] set; }

        /// <summary>The recipients</summary>
        IMhRecipients @Recipients { [DispId(28)] get; [DispId(28)] set; }

        /// <summary>The attachments</summary>
        IMhAttachments @Attachments { [DispId(5)] get; }

        /// <summary>The properties of the message, or one of them</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>Copies the message into a folder</summary>
        [DispId(104)] [return: MarshalAs(UnmanagedType.IDispatch)] object @CopyTo([In, MarshalAs(UnmanagedType.Struct)] object @FolderID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>Moves the message into a folder</summary>
        [DispId(120)] [return: MarshalAs(UnmanagedType.IDispatch)] object @MoveTo([In, MarshalAs(UnmanagedType.Struct)] object @FolderID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>Deletes the message, or moves it to Deleted Items</summary>
        [DispId(106)] void @Delete([In, Optional, MarshalAs(UnmanagedType.Struct)] object @DeletedItems);

        /// <summary>A new message that forwards this one</summary>
        [DispId(113)] [return: MarshalAs(UnmanagedType.IDispatch)] object @Forward();

        /// <summary>A new message to the sender</summary>
        [DispId(128)] [return: MarshalAs(UnmanagedType.IDispatch)] object @Reply();

        /// <summary>A new message to the sender and all recipients</summary>
        [DispId(129)] [return: MarshalAs(UnmanagedType.IDispatch)] object @ReplyAll();

        /// <summary>Sends the message</summary>
        [DispId(131)] void @Send([In, Optional, MarshalAs(UnmanagedType.Struct)] object @SaveCopy, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ShowDialog, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ParentWindow);

        /// <summary>Saves the changes</summary>
        [DispId(132)] void @Update([In, Optional, MarshalAs(UnmanagedType.Struct)] object @MakePermanent, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @RefreshObject);

        /// <summary>Shows the dialog of delivery options above ParentWindow</summary>
        [DispId(125)] void @Options([In, Optional, MarshalAs(UnmanagedType.Struct)] object @ParentWindow);

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

        /// <summary>The text of the message, without formatting: the same as Text</summary>
        string @Body { [DispId(1048)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1048)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The text of the message as HTML</summary>
        string @HTMLBody { [DispId(1049)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1049)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The text of the message as RTF</summary>
        string @RTFBody { [DispId(1050)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1050)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The format that the message is kept in: an MhBodyFormat</summary>
        int @BodyFormat { [DispId(1051)] get; [DispId(1051)] set; }

        /// <summary>The names of the To recipients; setting it replaces them</summary>
        string @To { [DispId(1052)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1052)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The names of the Cc recipients; setting it replaces them</summary>
        string @CC { [DispId(1053)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1053)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The names of the Bcc recipients; setting it replaces them</summary>
        string @BCC { [DispId(1054)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1054)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The name of the sender</summary>
        string @SenderName { [DispId(1055)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The address of the sender, SMTP where it is known</summary>
        string @SenderEmailAddress { [DispId(1056)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The Message-ID</summary>
        string @InternetMessageID { [DispId(1057)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The Internet headers of a received message</summary>
        string @Headers { [DispId(1058)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>Saves the changes: the same as Update</summary>
        [DispId(1059)] void @Save();

        /// <summary>Writes the message to a file: an MhSaveAsType, else what the file name ends with (.msg, .eml)</summary>
        [DispId(1060)] void @SaveAs([In, MarshalAs(UnmanagedType.Struct)] object @Path, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Type);

        /// <summary>Reads a .msg or .eml file into this message</summary>
        [DispId(1061)] void @Import([In, MarshalAs(UnmanagedType.Struct)] object @Path, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Type);

        /// <summary>Marks the message as read, or unread, at once and without a receipt</summary>
        [DispId(1062)] void @MarkRead([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Read);

        /// <summary>Many properties at once: an array of values, Null for absent ones</summary>
        [DispId(1063)] [return: MarshalAs(UnmanagedType.Struct)] object @GetProps([In, MarshalAs(UnmanagedType.Struct)] object @Tags);

        /// <summary>Sets many properties at once; Null deletes one</summary>
        [DispId(1064)] void @SetProps([In, MarshalAs(UnmanagedType.Struct)] object @Tags, [In, MarshalAs(UnmanagedType.Struct)] object @Values);

        /// <summary>Opens a property as a stream; Writable replaces what is there</summary>
        [DispId(1065)] IMhPropertyStream @OpenStream([In, MarshalAs(UnmanagedType.Struct)] object @Tag, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Writable);

        /// <summary>True for an event of whole days</summary>
        bool @AllDayEvent { [DispId(302)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(302)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>How the time shows to others: a CdoBusyStatus</summary>
        int @BusyStatus { [DispId(303)] get; [DispId(303)] set; }

        /// <summary>The duration in minutes</summary>
        int @Duration { [DispId(304)] get; }

        /// <summary>When it ends</summary>
        DateTime @EndTime { [DispId(89)] get; [DispId(89)] set; }

        /// <summary>When it begins</summary>
        DateTime @StartTime { [DispId(88)] get; [DispId(88)] set; }

        /// <summary>True when it recurs</summary>
        bool @IsRecurring { [DispId(305)] [return: MarshalAs(UnmanagedType.VariantBool)] get; }

        /// <summary>Where it takes place</summary>
        string @Location { [DispId(306)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(306)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>Whether it is a meeting: a CdoMeetingStatusTypes</summary>
        int @MeetingStatus { [DispId(307)] get; [DispId(307)] set; }

        /// <summary>This user's answer to the meeting request: a CdoResponseStatus</summary>
        int @MeetingResponseStatus { [DispId(325)] get; [DispId(325)] set; }

        /// <summary>Who called the meeting; Nothing when it is none</summary>
        IMhAddressEntry @Organizer { [DispId(308)] get; }

        /// <summary>How long before the beginning the reminder comes, in minutes</summary>
        int @ReminderMinutesBeforeStart { [DispId(309)] get; [DispId(309)] set; }

        /// <summary>True when there is a reminder</summary>
        bool @ReminderSet { [DispId(312)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(312)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>When this user answered the meeting request</summary>
        DateTime @ReplyTime { [DispId(314)] get; [DispId(314)] set; }

        /// <summary>True when the organizer wants answers</summary>
        bool @ResponseRequested { [DispId(315)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(315)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>The recurrence pattern; an appointment without one gets it</summary>
        [DispId(94)] IMhRecurrencePattern @GetRecurrencePattern();

        /// <summary>Makes a recurring appointment a single one</summary>
        [DispId(151)] void @ClearRecurrencePattern();

        /// <summary>A MeetingItem that answers the meeting request; RespondType is a CdoResponseStatus</summary>
        [DispId(150)] IMhMeetingItem @Respond([In, MarshalAs(UnmanagedType.Struct)] object @RespondType);

    }

    /// <summary>When an appointment recurs</summary>
    [ComImport, Guid("399F7DFF-0B59-495C-9346-815AFEBE817F"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhRecurrencePattern
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>What recurs: a CdoRecurTypes</summary>
        int @RecurrenceType { [DispId(0)] get; [DispId(0)] set; }

        /// <summary>Every how many days, weeks or months</summary>
        int @Interval { [DispId(90)] get; [DispId(90)] set; }

        /// <summary>The weekdays: a sum of CdoDaysOfWeek</summary>
        int @DayOfWeekMask { [DispId(317)] get; [DispId(317)] set; }

        /// <summary>The day of the month, 1 to 31</summary>
        int @DayOfMonth { [DispId(316)] get; [DispId(316)] set; }

        /// <summary>Which of the weekdays of the month: 1 to 4, or 5 for the last</summary>
        int @Instance { [DispId(318)] get; [DispId(318)] set; }

        /// <summary>The month of the year, 1 to 12</summary>
        int @MonthOfYear { [DispId(319)] get; [DispId(319)] set; }

        /// <summary>True when it never ends</summary>
        bool @NoEndDate { [DispId(320)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(320)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>How often it takes place</summary>
        int @Occurrences { [DispId(321)] get; [DispId(321)] set; }

        /// <summary>The first day on which it may take place</summary>
        DateTime @PatternStartDate { [DispId(323)] get; [DispId(323)] set; }

        /// <summary>The last day on which it may take place</summary>
        DateTime @PatternEndDate { [DispId(322)] get; [DispId(322)] set; }

        /// <summary>When the first occurrence begins; each begins at that time of day</summary>
        DateTime @StartTime { [DispId(88)] get; [DispId(88)] set; }

        /// <summary>When the first occurrence ends; each ends at that time of day</summary>
        DateTime @EndTime { [DispId(89)] get; [DispId(89)] set; }

        /// <summary>The duration of each occurrence in minutes</summary>
        int @Duration { [DispId(304)] get; }

    }

    /// <summary>A meeting request, an answer to one, or a cancellation</summary>
    [ComImport, Guid("BD43AF42-D84F-4443-82FA-FAF2FF668050"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhMeetingItem
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The subject</summary>
        string @Subject { [DispId(0)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(0)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The text of the message, without formatting</summary>
        string @Text { [DispId(39)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(39)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The message class, such as IPM.Note</summary>
        string @Type { [DispId(17)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(17)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The unique id</summary>
        string @ID { [DispId(14)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The id of the folder that holds the message</summary>
        string @FolderID { [DispId(51)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The id of the store that holds the message</summary>
        string @StoreID { [DispId(52)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The size in bytes, about</summary>
        int @Size { [DispId(36)] get; }

        /// <summary>The importance: a CdoImportance</summary>
        int @Importance { [DispId(27)] get; [DispId(27)] set; }

        /// <summary>The sensitivity: a CdoSensitivity</summary>
        int @Sensitivity { [DispId(300)] get; [DispId(300)] set; }

        /// <summary>True when the message was sent or received</summary>
        bool @Sent { [DispId(33)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(33)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message was given to the mail system</summary>
        bool @Submitted { [DispId(18)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(18)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message is unread</summary>
        bool @Unread { [DispId(42)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(42)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message is signed</summary>
        bool @Signed { [DispId(35)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(35)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the message is encrypted</summary>
        bool @Encrypted { [DispId(10)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(10)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the sender wants a receipt when the message is read</summary>
        bool @ReadReceipt { [DispId(30)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(30)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>True when the sender wants a receipt when the message is delivered</summary>
        bool @DeliveryReceipt { [DispId(50)] [return: MarshalAs(UnmanagedType.VariantBool)] get; [DispId(50)] [param: MarshalAs(UnmanagedType.VariantBool)] set; }

        /// <summary>When the message was made</summary>
        DateTime @TimeCreated { [DispId(97)] get; }

        /// <summary>When the message was last saved</summary>
        DateTime @TimeLastModified { [DispId(301)] get; }

        /// <summary>When the message was received</summary>
        DateTime @TimeReceived { [DispId(40)] get; [DispId(40)] set; }

        /// <summary>When the message was sent</summary>
        DateTime @TimeSent { [DispId(41)] get; [DispId(41)] set; }

        /// <summary>When the message becomes invalid</summary>
        DateTime @TimeExpired { [DispId(98)] get; [DispId(98)] set; }

        /// <summary>The conversation id, as hex</summary>
        string @Conversation { [DispId(8)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(8)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The place in the conversation, as hex</summary>
        string @ConversationIndex { [DispId(55)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(55)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The subject of the conversation</summary>
        string @ConversationTopic { [DispId(54)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(54)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The categories: an array of texts</summary>
        object @Categories { [DispId(96)] [return: MarshalAs(UnmanagedType.Struct)] get; [DispId(96)] [param: MarshalAs(UnmanagedType.Struct)] set; }

        /// <summary>The sender; Nothing when there is none yet</summary>
        IMhAddressEntry @Sender { [DispId(32)] get; [DispId(32)] set; }

        /// <summary>The recipients</summary>
        IMhRecipients @Recipients { [DispId(28)] get; [DispId(28)] set; }

        /// <summary>The attachments</summary>
        IMhAttachments @Attachments { [DispId(5)] get; }

        /// <summary>The properties of the message, or one of them</summary>
        IMhFields @Fields { [DispId(12)] get; }

        /// <summary>Copies the message into a folder</summary>
        [DispId(104)] [return: MarshalAs(UnmanagedType.IDispatch)] object @CopyTo([In, MarshalAs(UnmanagedType.Struct)] object @FolderID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>Moves the message into a folder</summary>
        [DispId(120)] [return: MarshalAs(UnmanagedType.IDispatch)] object @MoveTo([In, MarshalAs(UnmanagedType.Struct)] object @FolderID, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @StoreID);

        /// <summary>Deletes the message, or moves it to Deleted Items</summary>
        [DispId(106)] void @Delete([In, Optional, MarshalAs(UnmanagedType.Struct)] object @DeletedItems);

        /// <summary>A new message that forwards this one</summary>
        [DispId(113)] [return: MarshalAs(UnmanagedType.IDispatch)] object @Forward();

        /// <summary>A new message to the sender</summary>
        [DispId(128)] [return: MarshalAs(UnmanagedType.IDispatch)] object @Reply();

        /// <summary>A new message to the sender and all recipients</summary>
        [DispId(129)] [return: MarshalAs(UnmanagedType.IDispatch)] object @ReplyAll();

        /// <summary>Sends the message</summary>
        [DispId(131)] void @Send([In, Optional, MarshalAs(UnmanagedType.Struct)] object @SaveCopy, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ShowDialog, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @ParentWindow);

        /// <summary>Saves the changes</summary>
        [DispId(132)] void @Update([In, Optional, MarshalAs(UnmanagedType.Struct)] object @MakePermanent, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @RefreshObject);

        /// <summary>Shows the dialog of delivery options above ParentWindow</summary>
        [DispId(125)] void @Options([In, Optional, MarshalAs(UnmanagedType.Struct)] object @ParentWindow);

        /// <summary>True when Object is the same object in MAPI</summary>
        [DispId(136)] [return: MarshalAs(UnmanagedType.VariantBool)] bool @IsSameAs([In, MarshalAs(UnmanagedType.Struct)] object @Object);

        /// <summary>The text of the message, without formatting: the same as Text</summary>
        string @Body { [DispId(1048)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1048)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The text of the message as HTML</summary>
        string @HTMLBody { [DispId(1049)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1049)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The text of the message as RTF</summary>
        string @RTFBody { [DispId(1050)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1050)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The format that the message is kept in: an MhBodyFormat</summary>
        int @BodyFormat { [DispId(1051)] get; [DispId(1051)] set; }

        /// <summary>The names of the To recipients; setting it replaces them</summary>
        string @To { [DispId(1052)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1052)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The names of the Cc recipients; setting it replaces them</summary>
        string @CC { [DispId(1053)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1053)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The names of the Bcc recipients; setting it replaces them</summary>
        string @BCC { [DispId(1054)] [return: MarshalAs(UnmanagedType.BStr)] get; [DispId(1054)] [param: MarshalAs(UnmanagedType.BStr)] set; }

        /// <summary>The name of the sender</summary>
        string @SenderName { [DispId(1055)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The address of the sender, SMTP where it is known</summary>
        string @SenderEmailAddress { [DispId(1056)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The Message-ID</summary>
        string @InternetMessageID { [DispId(1057)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>The Internet headers of a received message</summary>
        string @Headers { [DispId(1058)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>Saves the changes: the same as Update</summary>
        [DispId(1059)] void @Save();

        /// <summary>Writes the message to a file: an MhSaveAsType, else what the file name ends with (.msg, .eml)</summary>
        [DispId(1060)] void @SaveAs([In, MarshalAs(UnmanagedType.Struct)] object @Path, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Type);

        /// <summary>Reads a .msg or .eml file into this message</summary>
        [DispId(1061)] void @Import([In, MarshalAs(UnmanagedType.Struct)] object @Path, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Type);

        /// <summary>Marks the message as read, or unread, at once and without a receipt</summary>
        [DispId(1062)] void @MarkRead([In, Optional, MarshalAs(UnmanagedType.Struct)] object @Read);

        /// <summary>Many properties at once: an array of values, Null for absent ones</summary>
        [DispId(1063)] [return: MarshalAs(UnmanagedType.Struct)] object @GetProps([In, MarshalAs(UnmanagedType.Struct)] object @Tags);

        /// <summary>Sets many properties at once; Null deletes one</summary>
        [DispId(1064)] void @SetProps([In, MarshalAs(UnmanagedType.Struct)] object @Tags, [In, MarshalAs(UnmanagedType.Struct)] object @Values);

        /// <summary>Opens a property as a stream; Writable replaces what is there</summary>
        [DispId(1065)] IMhPropertyStream @OpenStream([In, MarshalAs(UnmanagedType.Struct)] object @Tag, [In, Optional, MarshalAs(UnmanagedType.Struct)] object @Writable);

        /// <summary>Request or answer: a CdoMeetingType</summary>
        int @MeetingType { [DispId(326)] get; }

        /// <summary>The appointment in the calendar that belongs to the meeting; it is made when there is none yet</summary>
        [DispId(152)] IMhAppointmentItem @GetAssociatedAppointment();

        /// <summary>A MeetingItem that answers the request; RespondType is a CdoResponseStatus</summary>
        [DispId(150)] IMhMeetingItem @Respond([In, MarshalAs(UnmanagedType.Struct)] object @RespondType);

    }

    /// <summary>The containers of the address book</summary>
    [ComImport, Guid("69C28248-D890-4F14-B51C-2C89F1110003"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhAddressLists : IEnumerable
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>The number of address lists</summary>
        int @Count { [DispId(9)] get; }

        /// <summary>An address list, by number (from 1) or name</summary>
        IMhAddressList this[[In, MarshalAs(UnmanagedType.Struct)] object @Index] { [DispId(0)] get; }

        /// <summary>For Each over the address lists</summary>
        [DispId(-4)] [return: MarshalAs(UnmanagedType.IUnknown)] object GetNewEnum();

    }

    /// <summary>What a worker holds of the session whose mailboxes it has: its property Session answers it</summary>
    [ComImport, Guid("A62E2F64-93A1-4A5D-8B0C-0A4FD6C2F1B7"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhSessionLink
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

    }

    /// <summary>A worker process of the server</summary>
    [ComImport, Guid("C79A2380-A17C-4C3C-B054-CE2BB48DF5D7"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface IMhWorker
    {
        /// <summary>The name of the library, MapiHost</summary>
        string @Application { [DispId(20)] [return: MarshalAs(UnmanagedType.BStr)] get; }

        /// <summary>What the object is: a CdoObjectClass</summary>
        int @Class { [DispId(6)] get; }

        /// <summary>The object that this one came from; Nothing for a Session</summary>
        object @Parent { [DispId(25)] [return: MarshalAs(UnmanagedType.IDispatch)] get; }

        /// <summary>The session that the object belongs to</summary>
        IMhSession @Session { [DispId(34)] get; }

        /// <summary>Makes a session in the worker, for a client process</summary>
        [DispId(1010)] IMhSession @CreateSession([In] int @ClientProcessID);

        /// <summary>Opens a mailbox for a session of the starting process, by its owner's distinguished name</summary>
        [DispId(1013)] IMhMailbox @OpenMailbox([In] IMhSessionLink @Link, [In] int @ClientProcessID, [In, MarshalAs(UnmanagedType.BStr)] string @ProfileName, [In, MarshalAs(UnmanagedType.BStr)] string @ProfilePassword, [In, MarshalAs(UnmanagedType.BStr)] string @Name, [In, MarshalAs(UnmanagedType.BStr)] string @DistinguishedName, [In, MarshalAs(UnmanagedType.VariantBool)] bool @AsAdministrator, [In, MarshalAs(UnmanagedType.BStr)] string @StoreID);

        /// <summary>Closes everything that the worker has given out</summary>
        [DispId(1011)] void @Close();

        /// <summary>The id of the worker process</summary>
        int @ProcessID { [DispId(1012)] get; }

    }

    /// <summary>Data types of a Field</summary>
    public enum CdoFieldType
    {
        CdoEmpty = unchecked((int)0x00000000),
        CdoNull = unchecked((int)0x00000001),
        CdoInteger = unchecked((int)0x00000002),
        CdoLong = unchecked((int)0x00000003),
        CdoSingle = unchecked((int)0x00000004),
        CdoDouble = unchecked((int)0x00000005),
        CdoCurrency = unchecked((int)0x00000006),
        CdoDate = unchecked((int)0x00000007),
        CdoString = unchecked((int)0x00000008),
        CdoBoolean = unchecked((int)0x0000000B),
        CdoDataObject = unchecked((int)0x0000000D),
        CdoBlob = unchecked((int)0x00000041),
        CdoArray = unchecked((int)0x00002000),
    }

    /// <summary>Importance of a message</summary>
    public enum CdoImportance
    {
        CdoLow = unchecked((int)0x00000000),
        CdoNormal = unchecked((int)0x00000001),
        CdoHigh = unchecked((int)0x00000002),
    }

    /// <summary>Sensitivity of a message</summary>
    public enum CdoSensitivity
    {
        CdoNoSensitivity = unchecked((int)0x00000000),
        CdoPersonal = unchecked((int)0x00000001),
        CdoPrivate = unchecked((int)0x00000002),
        CdoConfidential = unchecked((int)0x00000003),
    }

    /// <summary>Orders of Sort</summary>
    public enum CdoSortOrder
    {
        CdoNone = unchecked((int)0x00000000),
        CdoAscending = unchecked((int)0x00000001),
        CdoDescending = unchecked((int)0x00000002),
    }

    /// <summary>Types of a Recipient</summary>
    public enum CdoRecipientType
    {
        CdoTo = unchecked((int)0x00000001),
        CdoCc = unchecked((int)0x00000002),
        CdoBcc = unchecked((int)0x00000003),
    }

    /// <summary>Types of an Attachment</summary>
    public enum CdoAttachmentType
    {
        CdoFileData = unchecked((int)0x00000001),
        CdoFileLink = unchecked((int)0x00000002),
        CdoOLE = unchecked((int)0x00000003),
        CdoEmbeddedMessage = unchecked((int)0x00000004),
    }

    /// <summary>Display types of an AddressEntry</summary>
    public enum CdoDisplayType
    {
        CdoUser = unchecked((int)0x00000000),
        CdoDistList = unchecked((int)0x00000001),
        CdoForum = unchecked((int)0x00000002),
        CdoAgent = unchecked((int)0x00000003),
        CdoOrganization = unchecked((int)0x00000004),
        CdoPrivateDistList = unchecked((int)0x00000005),
        CdoRemoteUser = unchecked((int)0x00000006),
    }

    /// <summary>Values of the Class property</summary>
    public enum CdoObjectClass
    {
        CdoUnknown = unchecked((int)0xFFFFFFFF),
        CdoSession = unchecked((int)0x00000000),
        CdoInfoStore = unchecked((int)0x00000001),
        CdoFolder = unchecked((int)0x00000002),
        CdoMsg = unchecked((int)0x00000003),
        CdoRecipient = unchecked((int)0x00000004),
        CdoAttachment = unchecked((int)0x00000005),
        CdoField = unchecked((int)0x00000006),
        CdoAddressList = unchecked((int)0x00000007),
        CdoAddressEntry = unchecked((int)0x00000008),
        CdoAddressFilter = unchecked((int)0x00000009),
        CdoMessageFilter = unchecked((int)0x0000000A),
        CdoInfoStores = unchecked((int)0x0000000E),
        CdoFolders = unchecked((int)0x0000000F),
        CdoMessages = unchecked((int)0x00000010),
        CdoRecipients = unchecked((int)0x00000011),
        CdoAttachments = unchecked((int)0x00000012),
        CdoFields = unchecked((int)0x00000013),
        CdoAddressLists = unchecked((int)0x00000014),
        CdoAddressEntries = unchecked((int)0x00000015),
        CdoGroupHeader = unchecked((int)0x00000019),
        CdoAppointment = unchecked((int)0x0000001A),
        CdoMeetingItem = unchecked((int)0x0000001B),
        CdoRecurrencePattern = unchecked((int)0x0000001C),
        CdoExceptions = unchecked((int)0x0000001D),
        CdoException = unchecked((int)0x0000001E),
        CdoMeetingPlanner = unchecked((int)0x0000001F),
        CdoHiddenMessages = unchecked((int)0x00000020),
        CdoMsgClassTotal = unchecked((int)0x00000021),
        MhMailbox = unchecked((int)0x00000064),
        MhMailboxes = unchecked((int)0x00000065),
        MhDiagnostics = unchecked((int)0x00000066),
        MhSubscription = unchecked((int)0x00000067),
        MhPropertyStream = unchecked((int)0x00000068),
    }

    /// <summary>Folders of Session.GetDefaultFolder</summary>
    public enum CdoDefaultFolderTypes
    {
        CdoDefaultFolderCalendar = unchecked((int)0x00000000),
        CdoDefaultFolderInbox = unchecked((int)0x00000001),
        CdoDefaultFolderOutbox = unchecked((int)0x00000002),
        CdoDefaultFolderSentItems = unchecked((int)0x00000003),
        CdoDefaultFolderDeletedItems = unchecked((int)0x00000004),
        CdoDefaultFolderContacts = unchecked((int)0x00000005),
        CdoDefaultFolderJournal = unchecked((int)0x00000006),
        CdoDefaultFolderNotes = unchecked((int)0x00000007),
        CdoDefaultFolderTasks = unchecked((int)0x00000008),
        CdoDefaultFolderTotal = unchecked((int)0x00000009),
    }

    /// <summary>Lists of Session.GetAddressList</summary>
    public enum CdoAddressListTypes
    {
        CdoAddressListGAL = unchecked((int)0x00000000),
        CdoAddressListPAB = unchecked((int)0x00000001),
        CdoAddressListTotal = unchecked((int)0x00000002),
    }

    /// <summary>Bits of RecurrencePattern.DayOfWeekMask</summary>
    public enum CdoDaysOfWeek
    {
        CdoSunday = unchecked((int)0x00000001),
        CdoMonday = unchecked((int)0x00000002),
        CdoTuesday = unchecked((int)0x00000004),
        CdoWednesday = unchecked((int)0x00000008),
        CdoThursday = unchecked((int)0x00000010),
        CdoFriday = unchecked((int)0x00000020),
        CdoSaturday = unchecked((int)0x00000040),
    }

    /// <summary>Values of RecurrencePattern.RecurrenceType</summary>
    public enum CdoRecurTypes
    {
        CdoRecurTypeDaily = unchecked((int)0x00000000),
        CdoRecurTypeWeekly = unchecked((int)0x00000001),
        CdoRecurTypeMonthly = unchecked((int)0x00000002),
        CdoRecurTypeMonthlyNth = unchecked((int)0x00000003),
        CdoRecurTypeYearly = unchecked((int)0x00000005),
        CdoRecurTypeYearlyNth = unchecked((int)0x00000006),
    }

    /// <summary>Ids of calendar properties, for Fields of an AppointmentItem</summary>
    public enum CdoPropIds
    {
        CdoPidLocation = unchecked((int)0x00007E00),
        CdoPidApptStartWhole = unchecked((int)0x00007E01),
        CdoPidApptEndWhole = unchecked((int)0x00007E02),
        CdoPidResponseStatus = unchecked((int)0x00007E03),
        CdoPidRecurring = unchecked((int)0x00007E04),
        CdoPidBusyStatus = unchecked((int)0x00007E05),
        CdoPidApptDuration = unchecked((int)0x00007E06),
        CdoPidApptSubType = unchecked((int)0x00007E07),
        CdoPidApptStateFlags = unchecked((int)0x00007E08),
        CdoPidApptReplyTime = unchecked((int)0x00007E09),
        CdoPidApptUpdateTime = unchecked((int)0x00007E0A),
        CdoPidExceptionReplaceTime = unchecked((int)0x00007E0B),
        CdoPidOwnerName = unchecked((int)0x00007E0C),
        CdoPidRecurType = unchecked((int)0x00007E0D),
        CdoPidReminderDelta = unchecked((int)0x00007E0E),
        CdoPidReminderTime = unchecked((int)0x00007E0F),
        CdoPidReminderSet = unchecked((int)0x00007E10),
        CdoPidAgingDontAgeMe = unchecked((int)0x00007E11),
        CdoPidDayOfMonth = unchecked((int)0x00007E12),
        CdoPidDayOfWeekMask = unchecked((int)0x00007E13),
        CdoPidInstance = unchecked((int)0x00007E14),
        CdoPidInterval = unchecked((int)0x00007E15),
        CdoPidOccurrences = unchecked((int)0x00007E16),
        CdoPidMonthOfYear = unchecked((int)0x00007E17),
        CdoPidFSliding = unchecked((int)0x00007E18),
        CdoPidFNoEndDate = unchecked((int)0x00007E19),
        CdoPidRecurDuration = unchecked((int)0x00007E1A),
        CdoPidApptGlobalObjId = unchecked((int)0x00007E1B),
        CdoPidTimeZone = unchecked((int)0x00007E1C),
        CdoPidStoreType = unchecked((int)0x00007E1D),
        CdoPidMaximum = unchecked((int)0x00007E1E),
    }

    /// <summary>Values of AppointmentItem.MeetingStatus</summary>
    public enum CdoMeetingStatusTypes
    {
        CdoNonMeeting = unchecked((int)0x00000000),
        CdoMeeting = unchecked((int)0x00000001),
        CdoMeetingReceived = unchecked((int)0x00000003),
        CdoMeetingCanceled = unchecked((int)0x00000005),
    }

    /// <summary>Values of MeetingResponseStatus and of Respond</summary>
    public enum CdoResponseStatus
    {
        CdoResponseNone = unchecked((int)0x00000000),
        CdoResponseOrganized = unchecked((int)0x00000001),
        CdoResponseTentative = unchecked((int)0x00000002),
        CdoResponseAccepted = unchecked((int)0x00000003),
        CdoResponseDeclined = unchecked((int)0x00000004),
        CdoResponseNotResponded = unchecked((int)0x00000005),
    }

    /// <summary>Programs that keep a calendar</summary>
    public enum CdoStoreType
    {
        CdoOutlook = unchecked((int)0x00000001),
        CdoSchedulePlus = unchecked((int)0x00000002),
    }

    /// <summary>Values of AppointmentItem.BusyStatus, and of the digits of GetFreeBusy</summary>
    public enum CdoBusyStatus
    {
        CdoFree = unchecked((int)0x00000000),
        CdoTentative = unchecked((int)0x00000001),
        CdoBusy = unchecked((int)0x00000002),
        CdoOutOfOffice = unchecked((int)0x00000003),
    }

    /// <summary>Values of MeetingItem.MeetingType</summary>
    public enum CdoMeetingType
    {
        CdoMeetingRequest = unchecked((int)0x00000001),
        CdoMeetingResponse = unchecked((int)0x00000002),
    }

    /// <summary>Time zones of Session.SetOption("TimeZone")</summary>
    public enum CdoTimeZones
    {
        CdoTmzOrigin = unchecked((int)0x00000000),
        CdoTmzGMT = unchecked((int)0x00000001),
        CdoTmzLisbon = unchecked((int)0x00000002),
        CdoTmzParis = unchecked((int)0x00000003),
        CdoTmzBerlin = unchecked((int)0x00000004),
        CdoTmzEasternEurope = unchecked((int)0x00000005),
        CdoTmzPrague = unchecked((int)0x00000006),
        CdoTmzAthens = unchecked((int)0x00000007),
        CdoTmzRiodeJaneiro = unchecked((int)0x00000008),
        CdoTmzAtlanticCanada = unchecked((int)0x00000009),
        CdoTmzEastern = unchecked((int)0x0000000A),
        CdoTmzCentral = unchecked((int)0x0000000B),
        CdoTmzMountain = unchecked((int)0x0000000C),
        CdoTmzPacific = unchecked((int)0x0000000D),
        CdoTmzAlaska = unchecked((int)0x0000000E),
        CdoTmzHawaii = unchecked((int)0x0000000F),
        CdoTmzMidwayIsland = unchecked((int)0x00000010),
        CdoTmzWellington = unchecked((int)0x00000011),
        CdoTmzBrisbane = unchecked((int)0x00000012),
        CdoTmzAdelaide = unchecked((int)0x00000013),
        CdoTmzTokyo = unchecked((int)0x00000014),
        CdoTmzHongKong = unchecked((int)0x00000015),
        CdoTmzBangkok = unchecked((int)0x00000016),
        CdoTmzBombay = unchecked((int)0x00000017),
        CdoTmzAbuDhabi = unchecked((int)0x00000018),
        CdoTmzTehran = unchecked((int)0x00000019),
        CdoTmzBaghdad = unchecked((int)0x0000001A),
        CdoTmzIsrael = unchecked((int)0x0000001B),
        CdoTmzNewfoundlad = unchecked((int)0x0000001C),
        CdoTmzAzores = unchecked((int)0x0000001D),
        CdoTmzMidAtlantic = unchecked((int)0x0000001E),
        CdoTmzMonrovia = unchecked((int)0x0000001F),
        CdoTmzBuenosAires = unchecked((int)0x00000020),
        CdoTmzCaracas = unchecked((int)0x00000021),
        CdoTmzIndiana = unchecked((int)0x00000022),
        CdoTmzBogota = unchecked((int)0x00000023),
        CdoTmzSaskatchewan = unchecked((int)0x00000024),
        CdoTmzMexicoCity = unchecked((int)0x00000025),
        CdoTmzArizona = unchecked((int)0x00000026),
        CdoTmzEnewetak = unchecked((int)0x00000027),
        CdoTmzFiji = unchecked((int)0x00000028),
        CdoTmzMagadan = unchecked((int)0x00000029),
        CdoTmzHobart = unchecked((int)0x0000002A),
        CdoTmzGuam = unchecked((int)0x0000002B),
        CdoTmzDarwin = unchecked((int)0x0000002C),
        CdoTmzBeijing = unchecked((int)0x0000002D),
        CdoTmzAlmaty = unchecked((int)0x0000002E),
        CdoTmzIslamabad = unchecked((int)0x0000002F),
        CdoTmzKabul = unchecked((int)0x00000030),
        CdoTmzCairo = unchecked((int)0x00000031),
        CdoTmzHarare = unchecked((int)0x00000032),
        CdoTmzMoscow = unchecked((int)0x00000033),
        CdoTmzSydney2k = unchecked((int)0x00000034),
        CdoTmzMax = unchecked((int)0x00000035),
        CdoTmzNoDST = unchecked((int)0x00004000),
        CdoTmzUTC = unchecked((int)0x00004001),
    }

    /// <summary>Limits</summary>
    public enum CdoLimits
    {
        CdoMaxCount = unchecked((int)0x7FFFFFFF),
    }

    /// <summary>Error numbers (Err.Number)</summary>
    public enum CdoErrorType
    {
        CdoE_CALL_FAILED = unchecked((int)0x80004005),
        CdoE_NOT_ENOUGH_MEMORY = unchecked((int)0x8007000E),
        CdoE_INVALID_PARAMETER = unchecked((int)0x80070057),
        CdoE_INTERFACE_NOT_SUPPORTED = unchecked((int)0x80004002),
        CdoE_NO_ACCESS = unchecked((int)0x80070005),
        CdoE_NO_SUPPORT = unchecked((int)0x80040102),
        CdoE_BAD_CHARWIDTH = unchecked((int)0x80040103),
        CdoE_STRING_TOO_LONG = unchecked((int)0x80040105),
        CdoE_UNKNOWN_FLAGS = unchecked((int)0x80040106),
        CdoE_INVALID_ENTRYID = unchecked((int)0x80040107),
        CdoE_INVALID_OBJECT = unchecked((int)0x80040108),
        CdoE_OBJECT_CHANGED = unchecked((int)0x80040109),
        CdoE_OBJECT_DELETED = unchecked((int)0x8004010A),
        CdoE_BUSY = unchecked((int)0x8004010B),
        CdoE_NOT_ENOUGH_DISK = unchecked((int)0x8004010D),
        CdoE_NOT_ENOUGH_RESOURCES = unchecked((int)0x8004010E),
        CdoE_NOT_FOUND = unchecked((int)0x8004010F),
        CdoE_VERSION = unchecked((int)0x80040110),
        CdoE_LOGON_FAILED = unchecked((int)0x80040111),
        CdoE_SESSION_LIMIT = unchecked((int)0x80040112),
        CdoE_USER_CANCEL = unchecked((int)0x80040113),
        CdoE_UNABLE_TO_ABORT = unchecked((int)0x80040114),
        CdoE_NETWORK_ERROR = unchecked((int)0x80040115),
        CdoE_DISK_ERROR = unchecked((int)0x80040116),
        CdoE_TOO_COMPLEX = unchecked((int)0x80040117),
        CdoE_BAD_COLUMN = unchecked((int)0x80040118),
        CdoE_EXTENDED_ERROR = unchecked((int)0x80040119),
        CdoE_COMPUTED = unchecked((int)0x8004011A),
        CdoE_CORRUPT_DATA = unchecked((int)0x8004011B),
        CdoE_UNCONFIGURED = unchecked((int)0x8004011C),
        CdoE_FAILONEPROVIDER = unchecked((int)0x8004011D),
        CdoE_UNKNOWN_CPID = unchecked((int)0x8004011E),
        CdoE_UNKNOWN_LCID = unchecked((int)0x8004011F),
        CdoE_PASSWORD_CHANGE_REQUIRED = unchecked((int)0x80040120),
        CdoE_PASSWORD_EXPIRED = unchecked((int)0x80040121),
        CdoE_INVALID_WORKSTATION_ACCOUNT = unchecked((int)0x80040122),
        CdoE_INVALID_ACCESS_TIME = unchecked((int)0x80040123),
        CdoE_ACCOUNT_DISABLED = unchecked((int)0x80040124),
        CdoE_END_OF_SESSION = unchecked((int)0x80040200),
        CdoE_UNKNOWN_ENTRYID = unchecked((int)0x80040201),
        CdoE_MISSING_REQUIRED_COLUMN = unchecked((int)0x80040202),
        CdoE_BAD_VALUE = unchecked((int)0x80040301),
        CdoE_INVALID_TYPE = unchecked((int)0x80040302),
        CdoE_TYPE_NO_SUPPORT = unchecked((int)0x80040303),
        CdoE_UNEXPECTED_TYPE = unchecked((int)0x80040304),
        CdoE_TOO_BIG = unchecked((int)0x80040305),
        CdoE_DECLINE_COPY = unchecked((int)0x80040306),
        CdoE_UNEXPECTED_ID = unchecked((int)0x80040307),
        CdoE_UNABLE_TO_COMPLETE = unchecked((int)0x80040400),
        CdoE_TIMEOUT = unchecked((int)0x80040401),
        CdoE_TABLE_EMPTY = unchecked((int)0x80040402),
        CdoE_TABLE_TOO_BIG = unchecked((int)0x80040403),
        CdoE_INVALID_BOOKMARK = unchecked((int)0x80040405),
        CdoE_WAIT = unchecked((int)0x80040500),
        CdoE_CANCEL = unchecked((int)0x80040501),
        CdoE_NOT_ME = unchecked((int)0x80040502),
        CdoE_CORRUPT_STORE = unchecked((int)0x80040600),
        CdoE_NOT_IN_QUEUE = unchecked((int)0x80040601),
        CdoE_NO_SUPPRESS = unchecked((int)0x80040602),
        CdoE_COLLISION = unchecked((int)0x80040604),
        CdoE_NOT_INITIALIZED = unchecked((int)0x80040605),
        CdoE_NON_STANDARD = unchecked((int)0x80040606),
        CdoE_NO_RECIPIENTS = unchecked((int)0x80040607),
        CdoE_SUBMITTED = unchecked((int)0x80040608),
        CdoE_HAS_FOLDERS = unchecked((int)0x80040609),
        CdoE_HAS_MESSAGES = unchecked((int)0x8004060A),
        CdoE_FOLDER_CYCLE = unchecked((int)0x8004060B),
        CdoE_AMBIGUOUS_RECIP = unchecked((int)0x80040700),
        CdoW_NO_SERVICE = unchecked((int)0x00040203),
        CdoW_ERRORS_RETURNED = unchecked((int)0x00040380),
        CdoW_POSITION_CHANGED = unchecked((int)0x00040481),
        CdoW_APPROX_COUNT = unchecked((int)0x00040482),
        CdoW_CANCEL_MESSAGE = unchecked((int)0x00040580),
        CdoW_PARTIAL_COMPLETION = unchecked((int)0x00040680),
    }

    /// <summary>Values of Message.BodyFormat</summary>
    public enum MhBodyFormat
    {
        MhFormatText = unchecked((int)0x00000001),
        MhFormatHTML = unchecked((int)0x00000002),
        MhFormatRTF = unchecked((int)0x00000003),
    }

    /// <summary>File types of Message.SaveAs and Import</summary>
    public enum MhSaveAsType
    {
        MhText = unchecked((int)0x00000000),
        MhMsg = unchecked((int)0x00000003),
        MhEml = unchecked((int)0x00000400),
    }

    /// <summary>MAPI property tags, for Fields, Sort and GetRows</summary>
    public enum CdoPropTags
    {
        CdoPR_ACKNOWLEDGEMENT_MODE = unchecked((int)0x00010003),
        CdoPR_ALTERNATE_RECIPIENT_ALLOWED = unchecked((int)0x0002000B),
        CdoPR_AUTHORIZING_USERS = unchecked((int)0x00030102),
        CdoPR_AUTO_FORWARD_COMMENT = unchecked((int)0x0004001E),
        CdoPR_AUTO_FORWARD_COMMENT_W = unchecked((int)0x0004001F),
        CdoPR_AUTO_FORWARD_COMMENT_A = unchecked((int)0x0004001E),
        CdoPR_AUTO_FORWARDED = unchecked((int)0x0005000B),
        CdoPR_CONTENT_CONFIDENTIALITY_ALGORITHM_ID = unchecked((int)0x00060102),
        CdoPR_CONTENT_CORRELATOR = unchecked((int)0x00070102),
        CdoPR_CONTENT_IDENTIFIER = unchecked((int)0x0008001E),
        CdoPR_CONTENT_IDENTIFIER_W = unchecked((int)0x0008001F),
        CdoPR_CONTENT_IDENTIFIER_A = unchecked((int)0x0008001E),
        CdoPR_CONTENT_LENGTH = unchecked((int)0x00090003),
        CdoPR_CONTENT_RETURN_REQUESTED = unchecked((int)0x000A000B),
        CdoPR_CONVERSATION_KEY = unchecked((int)0x000B0102),
        CdoPR_CONVERSION_EITS = unchecked((int)0x000C0102),
        CdoPR_CONVERSION_WITH_LOSS_PROHIBITED = unchecked((int)0x000D000B),
        CdoPR_CONVERTED_EITS = unchecked((int)0x000E0102),
        CdoPR_DEFERRED_DELIVERY_TIME = unchecked((int)0x000F0040),
        CdoPR_DELIVER_TIME = unchecked((int)0x00100040),
        CdoPR_DISCARD_REASON = unchecked((int)0x00110003),
        CdoPR_DISCLOSURE_OF_RECIPIENTS = unchecked((int)0x0012000B),
        CdoPR_DL_EXPANSION_HISTORY = unchecked((int)0x00130102),
        CdoPR_DL_EXPANSION_PROHIBITED = unchecked((int)0x0014000B),
        CdoPR_EXPIRY_TIME = unchecked((int)0x00150040),
        CdoPR_IMPLICIT_CONVERSION_PROHIBITED = unchecked((int)0x0016000B),
        CdoPR_IMPORTANCE = unchecked((int)0x00170003),
        CdoPR_IPM_ID = unchecked((int)0x00180102),
        CdoPR_LATEST_DELIVERY_TIME = unchecked((int)0x00190040),
        CdoPR_MESSAGE_CLASS = unchecked((int)0x001A001E),
        CdoPR_MESSAGE_CLASS_W = unchecked((int)0x001A001F),
        CdoPR_MESSAGE_CLASS_A = unchecked((int)0x001A001E),
        CdoPR_MESSAGE_DELIVERY_ID = unchecked((int)0x001B0102),
        CdoPR_MESSAGE_SECURITY_LABEL = unchecked((int)0x001E0102),
        CdoPR_OBSOLETED_IPMS = unchecked((int)0x001F0102),
        CdoPR_ORIGINALLY_INTENDED_RECIPIENT_NAME = unchecked((int)0x00200102),
        CdoPR_ORIGINAL_EITS = unchecked((int)0x00210102),
        CdoPR_ORIGINATOR_CERTIFICATE = unchecked((int)0x00220102),
        CdoPR_ORIGINATOR_DELIVERY_REPORT_REQUESTED = unchecked((int)0x0023000B),
        CdoPR_ORIGINATOR_RETURN_ADDRESS = unchecked((int)0x00240102),
        CdoPR_PARENT_KEY = unchecked((int)0x00250102),
        CdoPR_PRIORITY = unchecked((int)0x00260003),
        CdoPR_ORIGIN_CHECK = unchecked((int)0x00270102),
        CdoPR_PROOF_OF_SUBMISSION_REQUESTED = unchecked((int)0x0028000B),
        CdoPR_READ_RECEIPT_REQUESTED = unchecked((int)0x0029000B),
        CdoPR_RECEIPT_TIME = unchecked((int)0x002A0040),
        CdoPR_RECIPIENT_REASSIGNMENT_PROHIBITED = unchecked((int)0x002B000B),
        CdoPR_REDIRECTION_HISTORY = unchecked((int)0x002C0102),
        CdoPR_RELATED_IPMS = unchecked((int)0x002D0102),
        CdoPR_ORIGINAL_SENSITIVITY = unchecked((int)0x002E0003),
        CdoPR_LANGUAGES = unchecked((int)0x002F001E),
        CdoPR_LANGUAGES_W = unchecked((int)0x002F001F),
        CdoPR_LANGUAGES_A = unchecked((int)0x002F001E),
        CdoPR_REPLY_TIME = unchecked((int)0x00300040),
        CdoPR_REPORT_TAG = unchecked((int)0x00310102),
        CdoPR_REPORT_TIME = unchecked((int)0x00320040),
        CdoPR_RETURNED_IPM = unchecked((int)0x0033000B),
        CdoPR_SECURITY = unchecked((int)0x00340003),
        CdoPR_INCOMPLETE_COPY = unchecked((int)0x0035000B),
        CdoPR_SENSITIVITY = unchecked((int)0x00360003),
        CdoPR_SUBJECT = unchecked((int)0x0037001E),
        CdoPR_SUBJECT_W = unchecked((int)0x0037001F),
        CdoPR_SUBJECT_A = unchecked((int)0x0037001E),
        CdoPR_SUBJECT_IPM = unchecked((int)0x00380102),
        CdoPR_CLIENT_SUBMIT_TIME = unchecked((int)0x00390040),
        CdoPR_REPORT_NAME = unchecked((int)0x003A001E),
        CdoPR_REPORT_NAME_W = unchecked((int)0x003A001F),
        CdoPR_REPORT_NAME_A = unchecked((int)0x003A001E),
        CdoPR_SENT_REPRESENTING_SEARCH_KEY = unchecked((int)0x003B0102),
        CdoPR_X400_CONTENT_TYPE = unchecked((int)0x003C0102),
        CdoPR_SUBJECT_PREFIX = unchecked((int)0x003D001E),
        CdoPR_SUBJECT_PREFIX_W = unchecked((int)0x003D001F),
        CdoPR_SUBJECT_PREFIX_A = unchecked((int)0x003D001E),
        CdoPR_NON_RECEIPT_REASON = unchecked((int)0x003E0003),
        CdoPR_RECEIVED_BY_ENTRYID = unchecked((int)0x003F0102),
        CdoPR_RECEIVED_BY_NAME = unchecked((int)0x0040001E),
        CdoPR_RECEIVED_BY_NAME_W = unchecked((int)0x0040001F),
        CdoPR_RECEIVED_BY_NAME_A = unchecked((int)0x0040001E),
        CdoPR_SENT_REPRESENTING_ENTRYID = unchecked((int)0x00410102),
        CdoPR_SENT_REPRESENTING_NAME = unchecked((int)0x0042001E),
        CdoPR_SENT_REPRESENTING_NAME_W = unchecked((int)0x0042001F),
        CdoPR_SENT_REPRESENTING_NAME_A = unchecked((int)0x0042001E),
        CdoPR_RCVD_REPRESENTING_ENTRYID = unchecked((int)0x00430102),
        CdoPR_RCVD_REPRESENTING_NAME = unchecked((int)0x0044001E),
        CdoPR_RCVD_REPRESENTING_NAME_W = unchecked((int)0x0044001F),
        CdoPR_RCVD_REPRESENTING_NAME_A = unchecked((int)0x0044001E),
        CdoPR_REPORT_ENTRYID = unchecked((int)0x00450102),
        CdoPR_READ_RECEIPT_ENTRYID = unchecked((int)0x00460102),
        CdoPR_MESSAGE_SUBMISSION_ID = unchecked((int)0x00470102),
        CdoPR_PROVIDER_SUBMIT_TIME = unchecked((int)0x00480040),
        CdoPR_ORIGINAL_SUBJECT = unchecked((int)0x0049001E),
        CdoPR_ORIGINAL_SUBJECT_W = unchecked((int)0x0049001F),
        CdoPR_ORIGINAL_SUBJECT_A = unchecked((int)0x0049001E),
        CdoPR_DISC_VAL = unchecked((int)0x004A000B),
        CdoPR_ORIG_MESSAGE_CLASS = unchecked((int)0x004B001E),
        CdoPR_ORIG_MESSAGE_CLASS_W = unchecked((int)0x004B001F),
        CdoPR_ORIG_MESSAGE_CLASS_A = unchecked((int)0x004B001E),
        CdoPR_ORIGINAL_AUTHOR_ENTRYID = unchecked((int)0x004C0102),
        CdoPR_ORIGINAL_AUTHOR_NAME = unchecked((int)0x004D001E),
        CdoPR_ORIGINAL_AUTHOR_NAME_W = unchecked((int)0x004D001F),
        CdoPR_ORIGINAL_AUTHOR_NAME_A = unchecked((int)0x004D001E),
        CdoPR_ORIGINAL_SUBMIT_TIME = unchecked((int)0x004E0040),
        CdoPR_REPLY_RECIPIENT_ENTRIES = unchecked((int)0x004F0102),
        CdoPR_REPLY_RECIPIENT_NAMES = unchecked((int)0x0050001E),
        CdoPR_REPLY_RECIPIENT_NAMES_W = unchecked((int)0x0050001F),
        CdoPR_REPLY_RECIPIENT_NAMES_A = unchecked((int)0x0050001E),
        CdoPR_RECEIVED_BY_SEARCH_KEY = unchecked((int)0x00510102),
        CdoPR_RCVD_REPRESENTING_SEARCH_KEY = unchecked((int)0x00520102),
        CdoPR_READ_RECEIPT_SEARCH_KEY = unchecked((int)0x00530102),
        CdoPR_REPORT_SEARCH_KEY = unchecked((int)0x00540102),
        CdoPR_ORIGINAL_DELIVERY_TIME = unchecked((int)0x00550040),
        CdoPR_ORIGINAL_AUTHOR_SEARCH_KEY = unchecked((int)0x00560102),
        CdoPR_MESSAGE_TO_ME = unchecked((int)0x0057000B),
        CdoPR_MESSAGE_CC_ME = unchecked((int)0x0058000B),
        CdoPR_MESSAGE_RECIP_ME = unchecked((int)0x0059000B),
        CdoPR_ORIGINAL_SENDER_NAME = unchecked((int)0x005A001E),
        CdoPR_ORIGINAL_SENDER_NAME_W = unchecked((int)0x005A001F),
        CdoPR_ORIGINAL_SENDER_NAME_A = unchecked((int)0x005A001E),
        CdoPR_ORIGINAL_SENDER_ENTRYID = unchecked((int)0x005B0102),
        CdoPR_ORIGINAL_SENDER_SEARCH_KEY = unchecked((int)0x005C0102),
        CdoPR_ORIGINAL_SENT_REPRESENTING_NAME = unchecked((int)0x005D001E),
        CdoPR_ORIGINAL_SENT_REPRESENTING_NAME_W = unchecked((int)0x005D001F),
        CdoPR_ORIGINAL_SENT_REPRESENTING_NAME_A = unchecked((int)0x005D001E),
        CdoPR_ORIGINAL_SENT_REPRESENTING_ENTRYID = unchecked((int)0x005E0102),
        CdoPR_ORIGINAL_SENT_REPRESENTING_SEARCH_KEY = unchecked((int)0x005F0102),
        CdoPR_START_DATE = unchecked((int)0x00600040),
        CdoPR_END_DATE = unchecked((int)0x00610040),
        CdoPR_OWNER_APPT_ID = unchecked((int)0x00620003),
        CdoPR_RESPONSE_REQUESTED = unchecked((int)0x0063000B),
        CdoPR_SENT_REPRESENTING_ADDRTYPE = unchecked((int)0x0064001E),
        CdoPR_SENT_REPRESENTING_ADDRTYPE_W = unchecked((int)0x0064001F),
        CdoPR_SENT_REPRESENTING_ADDRTYPE_A = unchecked((int)0x0064001E),
        CdoPR_SENT_REPRESENTING_EMAIL_ADDRESS = unchecked((int)0x0065001E),
        CdoPR_SENT_REPRESENTING_EMAIL_ADDRESS_W = unchecked((int)0x0065001F),
        CdoPR_SENT_REPRESENTING_EMAIL_ADDRESS_A = unchecked((int)0x0065001E),
        CdoPR_ORIGINAL_SENDER_ADDRTYPE = unchecked((int)0x0066001E),
        CdoPR_ORIGINAL_SENDER_ADDRTYPE_W = unchecked((int)0x0066001F),
        CdoPR_ORIGINAL_SENDER_ADDRTYPE_A = unchecked((int)0x0066001E),
        CdoPR_ORIGINAL_SENDER_EMAIL_ADDRESS = unchecked((int)0x0067001E),
        CdoPR_ORIGINAL_SENDER_EMAIL_ADDRESS_W = unchecked((int)0x0067001F),
        CdoPR_ORIGINAL_SENDER_EMAIL_ADDRESS_A = unchecked((int)0x0067001E),
        CdoPR_ORIGINAL_SENT_REPRESENTING_ADDRTYPE = unchecked((int)0x0068001E),
        CdoPR_ORIGINAL_SENT_REPRESENTING_ADDRTYPE_W = unchecked((int)0x0068001F),
        CdoPR_ORIGINAL_SENT_REPRESENTING_ADDRTYPE_A = unchecked((int)0x0068001E),
        CdoPR_ORIGINAL_SENT_REPRESENTING_EMAIL_ADDRESS = unchecked((int)0x0069001E),
        CdoPR_ORIGINAL_SENT_REPRESENTING_EMAIL_ADDRESS_W = unchecked((int)0x0069001F),
        CdoPR_ORIGINAL_SENT_REPRESENTING_EMAIL_ADDRESS_A = unchecked((int)0x0069001E),
        CdoPR_CONVERSATION_TOPIC = unchecked((int)0x0070001E),
        CdoPR_CONVERSATION_TOPIC_W = unchecked((int)0x0070001F),
        CdoPR_CONVERSATION_TOPIC_A = unchecked((int)0x0070001E),
        CdoPR_CONVERSATION_INDEX = unchecked((int)0x00710102),
        CdoPR_ORIGINAL_DISPLAY_BCC = unchecked((int)0x0072001E),
        CdoPR_ORIGINAL_DISPLAY_BCC_W = unchecked((int)0x0072001F),
        CdoPR_ORIGINAL_DISPLAY_BCC_A = unchecked((int)0x0072001E),
        CdoPR_ORIGINAL_DISPLAY_CC = unchecked((int)0x0073001E),
        CdoPR_ORIGINAL_DISPLAY_CC_W = unchecked((int)0x0073001F),
        CdoPR_ORIGINAL_DISPLAY_CC_A = unchecked((int)0x0073001E),
        CdoPR_ORIGINAL_DISPLAY_TO = unchecked((int)0x0074001E),
        CdoPR_ORIGINAL_DISPLAY_TO_W = unchecked((int)0x0074001F),
        CdoPR_ORIGINAL_DISPLAY_TO_A = unchecked((int)0x0074001E),
        CdoPR_RECEIVED_BY_ADDRTYPE = unchecked((int)0x0075001E),
        CdoPR_RECEIVED_BY_ADDRTYPE_W = unchecked((int)0x0075001F),
        CdoPR_RECEIVED_BY_ADDRTYPE_A = unchecked((int)0x0075001E),
        CdoPR_RECEIVED_BY_EMAIL_ADDRESS = unchecked((int)0x0076001E),
        CdoPR_RECEIVED_BY_EMAIL_ADDRESS_W = unchecked((int)0x0076001F),
        CdoPR_RECEIVED_BY_EMAIL_ADDRESS_A = unchecked((int)0x0076001E),
        CdoPR_RCVD_REPRESENTING_ADDRTYPE = unchecked((int)0x0077001E),
        CdoPR_RCVD_REPRESENTING_ADDRTYPE_W = unchecked((int)0x0077001F),
        CdoPR_RCVD_REPRESENTING_ADDRTYPE_A = unchecked((int)0x0077001E),
        CdoPR_RCVD_REPRESENTING_EMAIL_ADDRESS = unchecked((int)0x0078001E),
        CdoPR_RCVD_REPRESENTING_EMAIL_ADDRESS_W = unchecked((int)0x0078001F),
        CdoPR_RCVD_REPRESENTING_EMAIL_ADDRESS_A = unchecked((int)0x0078001E),
        CdoPR_ORIGINAL_AUTHOR_ADDRTYPE = unchecked((int)0x0079001E),
        CdoPR_ORIGINAL_AUTHOR_ADDRTYPE_W = unchecked((int)0x0079001F),
        CdoPR_ORIGINAL_AUTHOR_ADDRTYPE_A = unchecked((int)0x0079001E),
        CdoPR_ORIGINAL_AUTHOR_EMAIL_ADDRESS = unchecked((int)0x007A001E),
        CdoPR_ORIGINAL_AUTHOR_EMAIL_ADDRESS_W = unchecked((int)0x007A001F),
        CdoPR_ORIGINAL_AUTHOR_EMAIL_ADDRESS_A = unchecked((int)0x007A001E),
        CdoPR_ORIGINALLY_INTENDED_RECIP_ADDRTYPE = unchecked((int)0x007B001E),
        CdoPR_ORIGINALLY_INTENDED_RECIP_ADDRTYPE_W = unchecked((int)0x007B001F),
        CdoPR_ORIGINALLY_INTENDED_RECIP_ADDRTYPE_A = unchecked((int)0x007B001E),
        CdoPR_ORIGINALLY_INTENDED_RECIP_EMAIL_ADDRESS = unchecked((int)0x007C001E),
        CdoPR_ORIGINALLY_INTENDED_RECIP_EMAIL_ADDRESS_W = unchecked((int)0x007C001F),
        CdoPR_ORIGINALLY_INTENDED_RECIP_EMAIL_ADDRESS_A = unchecked((int)0x007C001E),
        CdoPR_TRANSPORT_MESSAGE_HEADERS = unchecked((int)0x007D001E),
        CdoPR_TRANSPORT_MESSAGE_HEADERS_W = unchecked((int)0x007D001F),
        CdoPR_TRANSPORT_MESSAGE_HEADERS_A = unchecked((int)0x007D001E),
        CdoPR_DELEGATION = unchecked((int)0x007E0102),
        CdoPR_TNEF_CORRELATION_KEY = unchecked((int)0x007F0102),
        CdoPR_CONTENT_INTEGRITY_CHECK = unchecked((int)0x0C000102),
        CdoPR_EXPLICIT_CONVERSION = unchecked((int)0x0C010003),
        CdoPR_IPM_RETURN_REQUESTED = unchecked((int)0x0C02000B),
        CdoPR_MESSAGE_TOKEN = unchecked((int)0x0C030102),
        CdoPR_NDR_REASON_CODE = unchecked((int)0x0C040003),
        CdoPR_NDR_DIAG_CODE = unchecked((int)0x0C050003),
        CdoPR_NON_RECEIPT_NOTIFICATION_REQUESTED = unchecked((int)0x0C06000B),
        CdoPR_DELIVERY_POINT = unchecked((int)0x0C070003),
        CdoPR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED = unchecked((int)0x0C08000B),
        CdoPR_ORIGINATOR_REQUESTED_ALTERNATE_RECIPIENT = unchecked((int)0x0C090102),
        CdoPR_PHYSICAL_DELIVERY_BUREAU_FAX_DELIVERY = unchecked((int)0x0C0A000B),
        CdoPR_PHYSICAL_DELIVERY_MODE = unchecked((int)0x0C0B0003),
        CdoPR_PHYSICAL_DELIVERY_REPORT_REQUEST = unchecked((int)0x0C0C0003),
        CdoPR_PHYSICAL_FORWARDING_ADDRESS = unchecked((int)0x0C0D0102),
        CdoPR_PHYSICAL_FORWARDING_ADDRESS_REQUESTED = unchecked((int)0x0C0E000B),
        CdoPR_PHYSICAL_FORWARDING_PROHIBITED = unchecked((int)0x0C0F000B),
        CdoPR_PHYSICAL_RENDITION_ATTRIBUTES = unchecked((int)0x0C100102),
        CdoPR_PROOF_OF_DELIVERY = unchecked((int)0x0C110102),
        CdoPR_PROOF_OF_DELIVERY_REQUESTED = unchecked((int)0x0C12000B),
        CdoPR_RECIPIENT_CERTIFICATE = unchecked((int)0x0C130102),
        CdoPR_RECIPIENT_NUMBER_FOR_ADVICE = unchecked((int)0x0C14001E),
        CdoPR_RECIPIENT_NUMBER_FOR_ADVICE_W = unchecked((int)0x0C14001F),
        CdoPR_RECIPIENT_NUMBER_FOR_ADVICE_A = unchecked((int)0x0C14001E),
        CdoPR_RECIPIENT_TYPE = unchecked((int)0x0C150003),
        CdoPR_REGISTERED_MAIL_TYPE = unchecked((int)0x0C160003),
        CdoPR_REPLY_REQUESTED = unchecked((int)0x0C17000B),
        CdoPR_REQUESTED_DELIVERY_METHOD = unchecked((int)0x0C180003),
        CdoPR_SENDER_ENTRYID = unchecked((int)0x0C190102),
        CdoPR_SENDER_NAME = unchecked((int)0x0C1A001E),
        CdoPR_SENDER_NAME_W = unchecked((int)0x0C1A001F),
        CdoPR_SENDER_NAME_A = unchecked((int)0x0C1A001E),
        CdoPR_SUPPLEMENTARY_INFO = unchecked((int)0x0C1B001E),
        CdoPR_SUPPLEMENTARY_INFO_W = unchecked((int)0x0C1B001F),
        CdoPR_SUPPLEMENTARY_INFO_A = unchecked((int)0x0C1B001E),
        CdoPR_TYPE_OF_MTS_USER = unchecked((int)0x0C1C0003),
        CdoPR_SENDER_SEARCH_KEY = unchecked((int)0x0C1D0102),
        CdoPR_SENDER_ADDRTYPE = unchecked((int)0x0C1E001E),
        CdoPR_SENDER_ADDRTYPE_W = unchecked((int)0x0C1E001F),
        CdoPR_SENDER_ADDRTYPE_A = unchecked((int)0x0C1E001E),
        CdoPR_SENDER_EMAIL_ADDRESS = unchecked((int)0x0C1F001E),
        CdoPR_SENDER_EMAIL_ADDRESS_W = unchecked((int)0x0C1F001F),
        CdoPR_SENDER_EMAIL_ADDRESS_A = unchecked((int)0x0C1F001E),
        CdoPR_CURRENT_VERSION = unchecked((int)0x0E000014),
        CdoPR_DELETE_AFTER_SUBMIT = unchecked((int)0x0E01000B),
        CdoPR_DISPLAY_BCC = unchecked((int)0x0E02001E),
        CdoPR_DISPLAY_BCC_W = unchecked((int)0x0E02001F),
        CdoPR_DISPLAY_BCC_A = unchecked((int)0x0E02001E),
        CdoPR_DISPLAY_CC = unchecked((int)0x0E03001E),
        CdoPR_DISPLAY_CC_W = unchecked((int)0x0E03001F),
        CdoPR_DISPLAY_CC_A = unchecked((int)0x0E03001E),
        CdoPR_DISPLAY_TO = unchecked((int)0x0E04001E),
        CdoPR_DISPLAY_TO_W = unchecked((int)0x0E04001F),
        CdoPR_DISPLAY_TO_A = unchecked((int)0x0E04001E),
        CdoPR_PARENT_DISPLAY = unchecked((int)0x0E05001E),
        CdoPR_PARENT_DISPLAY_W = unchecked((int)0x0E05001F),
        CdoPR_PARENT_DISPLAY_A = unchecked((int)0x0E05001E),
        CdoPR_MESSAGE_DELIVERY_TIME = unchecked((int)0x0E060040),
        CdoPR_MESSAGE_FLAGS = unchecked((int)0x0E070003),
        CdoPR_MESSAGE_SIZE = unchecked((int)0x0E080003),
        CdoPR_PARENT_ENTRYID = unchecked((int)0x0E090102),
        CdoPR_SENTMAIL_ENTRYID = unchecked((int)0x0E0A0102),
        CdoPR_CORRELATE = unchecked((int)0x0E0C000B),
        CdoPR_CORRELATE_MTSID = unchecked((int)0x0E0D0102),
        CdoPR_DISCRETE_VALUES = unchecked((int)0x0E0E000B),
        CdoPR_RESPONSIBILITY = unchecked((int)0x0E0F000B),
        CdoPR_SPOOLER_STATUS = unchecked((int)0x0E100003),
        CdoPR_TRANSPORT_STATUS = unchecked((int)0x0E110003),
        CdoPR_MESSAGE_RECIPIENTS = unchecked((int)0x0E12000D),
        CdoPR_MESSAGE_ATTACHMENTS = unchecked((int)0x0E13000D),
        CdoPR_SUBMIT_FLAGS = unchecked((int)0x0E140003),
        CdoPR_RECIPIENT_STATUS = unchecked((int)0x0E150003),
        CdoPR_TRANSPORT_KEY = unchecked((int)0x0E160003),
        CdoPR_MSG_STATUS = unchecked((int)0x0E170003),
        CdoPR_MESSAGE_DOWNLOAD_TIME = unchecked((int)0x0E180003),
        CdoPR_CREATION_VERSION = unchecked((int)0x0E190014),
        CdoPR_MODIFY_VERSION = unchecked((int)0x0E1A0014),
        CdoPR_HASATTACH = unchecked((int)0x0E1B000B),
        CdoPR_BODY_CRC = unchecked((int)0x0E1C0003),
        CdoPR_NORMALIZED_SUBJECT = unchecked((int)0x0E1D001E),
        CdoPR_NORMALIZED_SUBJECT_W = unchecked((int)0x0E1D001F),
        CdoPR_NORMALIZED_SUBJECT_A = unchecked((int)0x0E1D001E),
        CdoPR_RTF_IN_SYNC = unchecked((int)0x0E1F000B),
        CdoPR_ATTACH_SIZE = unchecked((int)0x0E200003),
        CdoPR_ATTACH_NUM = unchecked((int)0x0E210003),
        CdoPR_PREPROCESS = unchecked((int)0x0E22000B),
        CdoPR_INTERNET_ARTICLE_NUMBER = unchecked((int)0x0E230003),
        CdoPR_NEWSGROUP_NAME = unchecked((int)0x0E24001E),
        CdoPR_NEWSGROUP_NAME_W = unchecked((int)0x0E24001F),
        CdoPR_NEWSGROUP_NAME_A = unchecked((int)0x0E24001E),
        CdoPR_ORIGINATING_MTA_CERTIFICATE = unchecked((int)0x0E250102),
        CdoPR_PROOF_OF_SUBMISSION = unchecked((int)0x0E260102),
        CdoPR_ACCESS = unchecked((int)0x0FF40003),
        CdoPR_ROW_TYPE = unchecked((int)0x0FF50003),
        CdoPR_INSTANCE_KEY = unchecked((int)0x0FF60102),
        CdoPR_ACCESS_LEVEL = unchecked((int)0x0FF70003),
        CdoPR_MAPPING_SIGNATURE = unchecked((int)0x0FF80102),
        CdoPR_RECORD_KEY = unchecked((int)0x0FF90102),
        CdoPR_STORE_RECORD_KEY = unchecked((int)0x0FFA0102),
        CdoPR_STORE_ENTRYID = unchecked((int)0x0FFB0102),
        CdoPR_MINI_ICON = unchecked((int)0x0FFC0102),
        CdoPR_ICON = unchecked((int)0x0FFD0102),
        CdoPR_OBJECT_TYPE = unchecked((int)0x0FFE0003),
        CdoPR_ENTRYID = unchecked((int)0x0FFF0102),
        CdoPR_BODY = unchecked((int)0x1000001E),
        CdoPR_BODY_W = unchecked((int)0x1000001F),
        CdoPR_BODY_A = unchecked((int)0x1000001E),
        CdoPR_REPORT_TEXT = unchecked((int)0x1001001E),
        CdoPR_REPORT_TEXT_W = unchecked((int)0x1001001F),
        CdoPR_REPORT_TEXT_A = unchecked((int)0x1001001E),
        CdoPR_ORIGINATOR_AND_DL_EXPANSION_HISTORY = unchecked((int)0x10020102),
        CdoPR_REPORTING_DL_NAME = unchecked((int)0x10030102),
        CdoPR_REPORTING_MTA_CERTIFICATE = unchecked((int)0x10040102),
        CdoPR_RTF_SYNC_BODY_CRC = unchecked((int)0x10060003),
        CdoPR_RTF_SYNC_BODY_COUNT = unchecked((int)0x10070003),
        CdoPR_RTF_SYNC_BODY_TAG = unchecked((int)0x1008001E),
        CdoPR_RTF_SYNC_BODY_TAG_W = unchecked((int)0x1008001F),
        CdoPR_RTF_SYNC_BODY_TAG_A = unchecked((int)0x1008001E),
        CdoPR_RTF_COMPRESSED = unchecked((int)0x10090102),
        CdoPR_RTF_SYNC_PREFIX_COUNT = unchecked((int)0x10100003),
        CdoPR_RTF_SYNC_TRAILING_COUNT = unchecked((int)0x10110003),
        CdoPR_ORIGINALLY_INTENDED_RECIP_ENTRYID = unchecked((int)0x10120102),
        CdoPR_INTERNET_APPROVED = unchecked((int)0x1030001E),
        CdoPR_INTERNET_APPROVED_W = unchecked((int)0x1030001F),
        CdoPR_INTERNET_APPROVED_A = unchecked((int)0x1030001E),
        CdoPR_INTERNET_CONTROL = unchecked((int)0x1031001E),
        CdoPR_INTERNET_CONTROL_W = unchecked((int)0x1031001F),
        CdoPR_INTERNET_CONTROL_A = unchecked((int)0x1031001E),
        CdoPR_INTERNET_DISTRIBUTION = unchecked((int)0x1032001E),
        CdoPR_INTERNET_DISTRIBUTION_W = unchecked((int)0x1032001F),
        CdoPR_INTERNET_DISTRIBUTION_A = unchecked((int)0x1032001E),
        CdoPR_INTERNET_FOLLOWUP_TO = unchecked((int)0x1033001E),
        CdoPR_INTERNET_FOLLOWUP_TO_W = unchecked((int)0x1033001F),
        CdoPR_INTERNET_FOLLOWUP_TO_A = unchecked((int)0x1033001E),
        CdoPR_INTERNET_LINES = unchecked((int)0x10340003),
        CdoPR_INTERNET_MESSAGE_ID = unchecked((int)0x1035001E),
        CdoPR_INTERNET_MESSAGE_ID_W = unchecked((int)0x1035001F),
        CdoPR_INTERNET_MESSAGE_ID_A = unchecked((int)0x1035001E),
        CdoPR_INTERNET_NEWSGROUPS = unchecked((int)0x1036001E),
        CdoPR_INTERNET_NEWSGROUPS_W = unchecked((int)0x1036001F),
        CdoPR_INTERNET_NEWSGROUPS_A = unchecked((int)0x1036001E),
        CdoPR_INTERNET_ORGANIZATION = unchecked((int)0x1037001E),
        CdoPR_INTERNET_ORGANIZATION_W = unchecked((int)0x1037001F),
        CdoPR_INTERNET_ORGANIZATION_A = unchecked((int)0x1037001E),
        CdoPR_INTERNET_NNTP_PATH = unchecked((int)0x1038001E),
        CdoPR_INTERNET_NNTP_PATH_W = unchecked((int)0x1038001F),
        CdoPR_INTERNET_NNTP_PATH_A = unchecked((int)0x1038001E),
        CdoPR_INTERNET_REFERENCES = unchecked((int)0x1039001E),
        CdoPR_INTERNET_REFERENCES_W = unchecked((int)0x1039001F),
        CdoPR_INTERNET_REFERENCES_A = unchecked((int)0x1039001E),
        CdoPR_SUPERSEDES = unchecked((int)0x103A001E),
        CdoPR_SUPERSEDES_W = unchecked((int)0x103A001F),
        CdoPR_SUPERSEDES_A = unchecked((int)0x103A001E),
        CdoPR_POST_FOLDER_ENTRIES = unchecked((int)0x103B0102),
        CdoPR_POST_FOLDER_NAMES = unchecked((int)0x103C001E),
        CdoPR_POST_FOLDER_NAMES_W = unchecked((int)0x103C001F),
        CdoPR_POST_FOLDER_NAMES_A = unchecked((int)0x103C001E),
        CdoPR_POST_REPLY_FOLDER_ENTRIES = unchecked((int)0x103D0102),
        CdoPR_POST_REPLY_FOLDER_NAMES = unchecked((int)0x103E001E),
        CdoPR_POST_REPLY_FOLDER_NAMES_W = unchecked((int)0x103E001F),
        CdoPR_POST_REPLY_FOLDER_NAMES_A = unchecked((int)0x103E001E),
        CdoPR_POST_REPLY_DENIED = unchecked((int)0x103F0102),
        CdoPR_NNTP_XREF = unchecked((int)0x1040001E),
        CdoPR_NNTP_XREF_W = unchecked((int)0x1040001F),
        CdoPR_NNTP_XREF_A = unchecked((int)0x1040001E),
        CdoPR_INTERNET_PRECEDENCE = unchecked((int)0x1041001E),
        CdoPR_INTERNET_PRECEDENCE_W = unchecked((int)0x1041001F),
        CdoPR_INTERNET_PRECEDENCE_A = unchecked((int)0x1041001E),
        CdoPR_ROWID = unchecked((int)0x30000003),
        CdoPR_DISPLAY_NAME = unchecked((int)0x3001001E),
        CdoPR_DISPLAY_NAME_W = unchecked((int)0x3001001F),
        CdoPR_DISPLAY_NAME_A = unchecked((int)0x3001001E),
        CdoPR_ADDRTYPE = unchecked((int)0x3002001E),
        CdoPR_ADDRTYPE_W = unchecked((int)0x3002001F),
        CdoPR_ADDRTYPE_A = unchecked((int)0x3002001E),
        CdoPR_EMAIL_ADDRESS = unchecked((int)0x3003001E),
        CdoPR_EMAIL_ADDRESS_W = unchecked((int)0x3003001F),
        CdoPR_EMAIL_ADDRESS_A = unchecked((int)0x3003001E),
        CdoPR_COMMENT = unchecked((int)0x3004001E),
        CdoPR_COMMENT_W = unchecked((int)0x3004001F),
        CdoPR_COMMENT_A = unchecked((int)0x3004001E),
        CdoPR_DEPTH = unchecked((int)0x30050003),
        CdoPR_PROVIDER_DISPLAY = unchecked((int)0x3006001E),
        CdoPR_PROVIDER_DISPLAY_W = unchecked((int)0x3006001F),
        CdoPR_PROVIDER_DISPLAY_A = unchecked((int)0x3006001E),
        CdoPR_CREATION_TIME = unchecked((int)0x30070040),
        CdoPR_LAST_MODIFICATION_TIME = unchecked((int)0x30080040),
        CdoPR_RESOURCE_FLAGS = unchecked((int)0x30090003),
        CdoPR_PROVIDER_DLL_NAME = unchecked((int)0x300A001E),
        CdoPR_PROVIDER_DLL_NAME_W = unchecked((int)0x300A001F),
        CdoPR_PROVIDER_DLL_NAME_A = unchecked((int)0x300A001E),
        CdoPR_SEARCH_KEY = unchecked((int)0x300B0102),
        CdoPR_PROVIDER_UID = unchecked((int)0x300C0102),
        CdoPR_PROVIDER_ORDINAL = unchecked((int)0x300D0003),
        CdoPR_FORM_VERSION = unchecked((int)0x3301001E),
        CdoPR_FORM_VERSION_W = unchecked((int)0x3301001F),
        CdoPR_FORM_VERSION_A = unchecked((int)0x3301001E),
        CdoPR_FORM_CLSID = unchecked((int)0x33020048),
        CdoPR_FORM_CONTACT_NAME = unchecked((int)0x3303001E),
        CdoPR_FORM_CONTACT_NAME_W = unchecked((int)0x3303001F),
        CdoPR_FORM_CONTACT_NAME_A = unchecked((int)0x3303001E),
        CdoPR_FORM_CATEGORY = unchecked((int)0x3304001E),
        CdoPR_FORM_CATEGORY_W = unchecked((int)0x3304001F),
        CdoPR_FORM_CATEGORY_A = unchecked((int)0x3304001E),
        CdoPR_FORM_CATEGORY_SUB = unchecked((int)0x3305001E),
        CdoPR_FORM_CATEGORY_SUB_W = unchecked((int)0x3305001F),
        CdoPR_FORM_CATEGORY_SUB_A = unchecked((int)0x3305001E),
        CdoPR_FORM_HOST_MAP = unchecked((int)0x33061003),
        CdoPR_FORM_HIDDEN = unchecked((int)0x3307000B),
        CdoPR_FORM_DESIGNER_NAME = unchecked((int)0x3308001E),
        CdoPR_FORM_DESIGNER_NAME_W = unchecked((int)0x3308001F),
        CdoPR_FORM_DESIGNER_NAME_A = unchecked((int)0x3308001E),
        CdoPR_FORM_DESIGNER_GUID = unchecked((int)0x33090048),
        CdoPR_FORM_MESSAGE_BEHAVIOR = unchecked((int)0x330A0003),
        CdoPR_DEFAULT_STORE = unchecked((int)0x3400000B),
        CdoPR_STORE_SUPPORT_MASK = unchecked((int)0x340D0003),
        CdoPR_STORE_STATE = unchecked((int)0x340E0003),
        CdoPR_IPM_SUBTREE_SEARCH_KEY = unchecked((int)0x34100102),
        CdoPR_IPM_OUTBOX_SEARCH_KEY = unchecked((int)0x34110102),
        CdoPR_IPM_WASTEBASKET_SEARCH_KEY = unchecked((int)0x34120102),
        CdoPR_IPM_SENTMAIL_SEARCH_KEY = unchecked((int)0x34130102),
        CdoPR_MDB_PROVIDER = unchecked((int)0x34140102),
        CdoPR_RECEIVE_FOLDER_SETTINGS = unchecked((int)0x3415000D),
        CdoPR_VALID_FOLDER_MASK = unchecked((int)0x35DF0003),
        CdoPR_IPM_SUBTREE_ENTRYID = unchecked((int)0x35E00102),
        CdoPR_IPM_OUTBOX_ENTRYID = unchecked((int)0x35E20102),
        CdoPR_IPM_WASTEBASKET_ENTRYID = unchecked((int)0x35E30102),
        CdoPR_IPM_SENTMAIL_ENTRYID = unchecked((int)0x35E40102),
        CdoPR_VIEWS_ENTRYID = unchecked((int)0x35E50102),
        CdoPR_COMMON_VIEWS_ENTRYID = unchecked((int)0x35E60102),
        CdoPR_FINDER_ENTRYID = unchecked((int)0x35E70102),
        CdoPR_CONTAINER_FLAGS = unchecked((int)0x36000003),
        CdoPR_FOLDER_TYPE = unchecked((int)0x36010003),
        CdoPR_CONTENT_COUNT = unchecked((int)0x36020003),
        CdoPR_CONTENT_UNREAD = unchecked((int)0x36030003),
        CdoPR_CREATE_TEMPLATES = unchecked((int)0x3604000D),
        CdoPR_DETAILS_TABLE = unchecked((int)0x3605000D),
        CdoPR_SEARCH = unchecked((int)0x3607000D),
        CdoPR_SELECTABLE = unchecked((int)0x3609000B),
        CdoPR_SUBFOLDERS = unchecked((int)0x360A000B),
        CdoPR_STATUS = unchecked((int)0x360B0003),
        CdoPR_ANR = unchecked((int)0x360C001E),
        CdoPR_ANR_W = unchecked((int)0x360C001F),
        CdoPR_ANR_A = unchecked((int)0x360C001E),
        CdoPR_CONTENTS_SORT_ORDER = unchecked((int)0x360D1003),
        CdoPR_CONTAINER_HIERARCHY = unchecked((int)0x360E000D),
        CdoPR_CONTAINER_CONTENTS = unchecked((int)0x360F000D),
        CdoPR_FOLDER_ASSOCIATED_CONTENTS = unchecked((int)0x3610000D),
        CdoPR_DEF_CREATE_DL = unchecked((int)0x36110102),
        CdoPR_DEF_CREATE_MAILUSER = unchecked((int)0x36120102),
        CdoPR_CONTAINER_CLASS = unchecked((int)0x3613001E),
        CdoPR_CONTAINER_CLASS_W = unchecked((int)0x3613001F),
        CdoPR_CONTAINER_CLASS_A = unchecked((int)0x3613001E),
        CdoPR_CONTAINER_MODIFY_VERSION = unchecked((int)0x36140014),
        CdoPR_AB_PROVIDER_ID = unchecked((int)0x36150102),
        CdoPR_DEFAULT_VIEW_ENTRYID = unchecked((int)0x36160102),
        CdoPR_ASSOC_CONTENT_COUNT = unchecked((int)0x36170003),
        CdoPR_ATTACHMENT_X400_PARAMETERS = unchecked((int)0x37000102),
        CdoPR_ATTACH_DATA_BIN = unchecked((int)0x37010102),
        CdoPR_ATTACH_DATA_OBJ = unchecked((int)0x3701000D),
        CdoPR_ATTACH_ENCODING = unchecked((int)0x37020102),
        CdoPR_ATTACH_EXTENSION = unchecked((int)0x3703001E),
        CdoPR_ATTACH_EXTENSION_W = unchecked((int)0x3703001F),
        CdoPR_ATTACH_EXTENSION_A = unchecked((int)0x3703001E),
        CdoPR_ATTACH_FILENAME = unchecked((int)0x3704001E),
        CdoPR_ATTACH_FILENAME_W = unchecked((int)0x3704001F),
        CdoPR_ATTACH_FILENAME_A = unchecked((int)0x3704001E),
        CdoPR_ATTACH_METHOD = unchecked((int)0x37050003),
        CdoPR_ATTACH_LONG_FILENAME = unchecked((int)0x3707001E),
        CdoPR_ATTACH_LONG_FILENAME_W = unchecked((int)0x3707001F),
        CdoPR_ATTACH_LONG_FILENAME_A = unchecked((int)0x3707001E),
        CdoPR_ATTACH_PATHNAME = unchecked((int)0x3708001E),
        CdoPR_ATTACH_PATHNAME_W = unchecked((int)0x3708001F),
        CdoPR_ATTACH_PATHNAME_A = unchecked((int)0x3708001E),
        CdoPR_ATTACH_RENDERING = unchecked((int)0x37090102),
        CdoPR_ATTACH_TAG = unchecked((int)0x370A0102),
        CdoPR_RENDERING_POSITION = unchecked((int)0x370B0003),
        CdoPR_ATTACH_TRANSPORT_NAME = unchecked((int)0x370C001E),
        CdoPR_ATTACH_TRANSPORT_NAME_W = unchecked((int)0x370C001F),
        CdoPR_ATTACH_TRANSPORT_NAME_A = unchecked((int)0x370C001E),
        CdoPR_ATTACH_LONG_PATHNAME = unchecked((int)0x370D001E),
        CdoPR_ATTACH_LONG_PATHNAME_W = unchecked((int)0x370D001F),
        CdoPR_ATTACH_LONG_PATHNAME_A = unchecked((int)0x370D001E),
        CdoPR_ATTACH_MIME_TAG = unchecked((int)0x370E001E),
        CdoPR_ATTACH_MIME_TAG_W = unchecked((int)0x370E001F),
        CdoPR_ATTACH_MIME_TAG_A = unchecked((int)0x370E001E),
        CdoPR_ATTACH_ADDITIONAL_INFO = unchecked((int)0x370F0102),
        CdoPR_DISPLAY_TYPE = unchecked((int)0x39000003),
        CdoPR_TEMPLATEID = unchecked((int)0x39020102),
        CdoPR_PRIMARY_CAPABILITY = unchecked((int)0x39040102),
        CdoPR_7BIT_DISPLAY_NAME = unchecked((int)0x39FF001E),
        CdoPR_ACCOUNT = unchecked((int)0x3A00001E),
        CdoPR_ACCOUNT_W = unchecked((int)0x3A00001F),
        CdoPR_ACCOUNT_A = unchecked((int)0x3A00001E),
        CdoPR_ALTERNATE_RECIPIENT = unchecked((int)0x3A010102),
        CdoPR_CALLBACK_TELEPHONE_NUMBER = unchecked((int)0x3A02001E),
        CdoPR_CALLBACK_TELEPHONE_NUMBER_W = unchecked((int)0x3A02001F),
        CdoPR_CALLBACK_TELEPHONE_NUMBER_A = unchecked((int)0x3A02001E),
        CdoPR_CONVERSION_PROHIBITED = unchecked((int)0x3A03000B),
        CdoPR_DISCLOSE_RECIPIENTS = unchecked((int)0x3A04000B),
        CdoPR_GENERATION = unchecked((int)0x3A05001E),
        CdoPR_GENERATION_W = unchecked((int)0x3A05001F),
        CdoPR_GENERATION_A = unchecked((int)0x3A05001E),
        CdoPR_GIVEN_NAME = unchecked((int)0x3A06001E),
        CdoPR_GIVEN_NAME_W = unchecked((int)0x3A06001F),
        CdoPR_GIVEN_NAME_A = unchecked((int)0x3A06001E),
        CdoPR_GOVERNMENT_ID_NUMBER = unchecked((int)0x3A07001E),
        CdoPR_GOVERNMENT_ID_NUMBER_W = unchecked((int)0x3A07001F),
        CdoPR_GOVERNMENT_ID_NUMBER_A = unchecked((int)0x3A07001E),
        CdoPR_BUSINESS_TELEPHONE_NUMBER = unchecked((int)0x3A08001E),
        CdoPR_BUSINESS_TELEPHONE_NUMBER_W = unchecked((int)0x3A08001F),
        CdoPR_BUSINESS_TELEPHONE_NUMBER_A = unchecked((int)0x3A08001E),
        CdoPR_OFFICE_TELEPHONE_NUMBER = unchecked((int)0x3A08001E),
        CdoPR_OFFICE_TELEPHONE_NUMBER_W = unchecked((int)0x3A08001F),
        CdoPR_OFFICE_TELEPHONE_NUMBER_A = unchecked((int)0x3A08001E),
        CdoPR_HOME_TELEPHONE_NUMBER = unchecked((int)0x3A09001E),
        CdoPR_HOME_TELEPHONE_NUMBER_W = unchecked((int)0x3A09001F),
        CdoPR_HOME_TELEPHONE_NUMBER_A = unchecked((int)0x3A09001E),
        CdoPR_INITIALS = unchecked((int)0x3A0A001E),
        CdoPR_INITIALS_W = unchecked((int)0x3A0A001F),
        CdoPR_INITIALS_A = unchecked((int)0x3A0A001E),
        CdoPR_KEYWORD = unchecked((int)0x3A0B001E),
        CdoPR_KEYWORD_W = unchecked((int)0x3A0B001F),
        CdoPR_KEYWORD_A = unchecked((int)0x3A0B001E),
        CdoPR_LANGUAGE = unchecked((int)0x3A0C001E),
        CdoPR_LANGUAGE_W = unchecked((int)0x3A0C001F),
        CdoPR_LANGUAGE_A = unchecked((int)0x3A0C001E),
        CdoPR_LOCATION = unchecked((int)0x3A0D001E),
        CdoPR_LOCATION_W = unchecked((int)0x3A0D001F),
        CdoPR_LOCATION_A = unchecked((int)0x3A0D001E),
        CdoPR_MAIL_PERMISSION = unchecked((int)0x3A0E000B),
        CdoPR_MHS_COMMON_NAME = unchecked((int)0x3A0F001E),
        CdoPR_MHS_COMMON_NAME_W = unchecked((int)0x3A0F001F),
        CdoPR_MHS_COMMON_NAME_A = unchecked((int)0x3A0F001E),
        CdoPR_ORGANIZATIONAL_ID_NUMBER = unchecked((int)0x3A10001E),
        CdoPR_ORGANIZATIONAL_ID_NUMBER_W = unchecked((int)0x3A10001F),
        CdoPR_ORGANIZATIONAL_ID_NUMBER_A = unchecked((int)0x3A10001E),
        CdoPR_SURNAME = unchecked((int)0x3A11001E),
        CdoPR_SURNAME_W = unchecked((int)0x3A11001F),
        CdoPR_SURNAME_A = unchecked((int)0x3A11001E),
        CdoPR_ORIGINAL_ENTRYID = unchecked((int)0x3A120102),
        CdoPR_ORIGINAL_DISPLAY_NAME = unchecked((int)0x3A13001E),
        CdoPR_ORIGINAL_DISPLAY_NAME_W = unchecked((int)0x3A13001F),
        CdoPR_ORIGINAL_DISPLAY_NAME_A = unchecked((int)0x3A13001E),
        CdoPR_ORIGINAL_SEARCH_KEY = unchecked((int)0x3A140102),
        CdoPR_POSTAL_ADDRESS = unchecked((int)0x3A15001E),
        CdoPR_POSTAL_ADDRESS_W = unchecked((int)0x3A15001F),
        CdoPR_POSTAL_ADDRESS_A = unchecked((int)0x3A15001E),
        CdoPR_COMPANY_NAME = unchecked((int)0x3A16001E),
        CdoPR_COMPANY_NAME_W = unchecked((int)0x3A16001F),
        CdoPR_COMPANY_NAME_A = unchecked((int)0x3A16001E),
        CdoPR_TITLE = unchecked((int)0x3A17001E),
        CdoPR_TITLE_W = unchecked((int)0x3A17001F),
        CdoPR_TITLE_A = unchecked((int)0x3A17001E),
        CdoPR_DEPARTMENT_NAME = unchecked((int)0x3A18001E),
        CdoPR_DEPARTMENT_NAME_W = unchecked((int)0x3A18001F),
        CdoPR_DEPARTMENT_NAME_A = unchecked((int)0x3A18001E),
        CdoPR_OFFICE_LOCATION = unchecked((int)0x3A19001E),
        CdoPR_OFFICE_LOCATION_W = unchecked((int)0x3A19001F),
        CdoPR_OFFICE_LOCATION_A = unchecked((int)0x3A19001E),
        CdoPR_PRIMARY_TELEPHONE_NUMBER = unchecked((int)0x3A1A001E),
        CdoPR_PRIMARY_TELEPHONE_NUMBER_W = unchecked((int)0x3A1A001F),
        CdoPR_PRIMARY_TELEPHONE_NUMBER_A = unchecked((int)0x3A1A001E),
        CdoPR_BUSINESS2_TELEPHONE_NUMBER = unchecked((int)0x3A1B001E),
        CdoPR_BUSINESS2_TELEPHONE_NUMBER_W = unchecked((int)0x3A1B001F),
        CdoPR_BUSINESS2_TELEPHONE_NUMBER_A = unchecked((int)0x3A1B001E),
        CdoPR_OFFICE2_TELEPHONE_NUMBER = unchecked((int)0x3A1B001E),
        CdoPR_OFFICE2_TELEPHONE_NUMBER_W = unchecked((int)0x3A1B001F),
        CdoPR_OFFICE2_TELEPHONE_NUMBER_A = unchecked((int)0x3A1B001E),
        CdoPR_CELLULAR_TELEPHONE_NUMBER = unchecked((int)0x3A1C001E),
        CdoPR_CELLULAR_TELEPHONE_NUMBER_W = unchecked((int)0x3A1C001F),
        CdoPR_CELLULAR_TELEPHONE_NUMBER_A = unchecked((int)0x3A1C001E),
        CdoPR_MOBILE_TELEPHONE_NUMBER = unchecked((int)0x3A1C001E),
        CdoPR_MOBILE_TELEPHONE_NUMBER_W = unchecked((int)0x3A1C001F),
        CdoPR_MOBILE_TELEPHONE_NUMBER_A = unchecked((int)0x3A1C001E),
        CdoPR_RADIO_TELEPHONE_NUMBER = unchecked((int)0x3A1D001E),
        CdoPR_RADIO_TELEPHONE_NUMBER_W = unchecked((int)0x3A1D001F),
        CdoPR_RADIO_TELEPHONE_NUMBER_A = unchecked((int)0x3A1D001E),
        CdoPR_CAR_TELEPHONE_NUMBER = unchecked((int)0x3A1E001E),
        CdoPR_CAR_TELEPHONE_NUMBER_W = unchecked((int)0x3A1E001F),
        CdoPR_CAR_TELEPHONE_NUMBER_A = unchecked((int)0x3A1E001E),
        CdoPR_OTHER_TELEPHONE_NUMBER = unchecked((int)0x3A1F001E),
        CdoPR_OTHER_TELEPHONE_NUMBER_W = unchecked((int)0x3A1F001F),
        CdoPR_OTHER_TELEPHONE_NUMBER_A = unchecked((int)0x3A1F001E),
        CdoPR_TRANSMITABLE_DISPLAY_NAME = unchecked((int)0x3A20001E),
        CdoPR_TRANSMITABLE_DISPLAY_NAME_W = unchecked((int)0x3A20001F),
        CdoPR_TRANSMITABLE_DISPLAY_NAME_A = unchecked((int)0x3A20001E),
        CdoPR_BEEPER_TELEPHONE_NUMBER = unchecked((int)0x3A21001E),
        CdoPR_BEEPER_TELEPHONE_NUMBER_W = unchecked((int)0x3A21001F),
        CdoPR_BEEPER_TELEPHONE_NUMBER_A = unchecked((int)0x3A21001E),
        CdoPR_PAGER_TELEPHONE_NUMBER = unchecked((int)0x3A21001E),
        CdoPR_PAGER_TELEPHONE_NUMBER_W = unchecked((int)0x3A21001F),
        CdoPR_PAGER_TELEPHONE_NUMBER_A = unchecked((int)0x3A21001E),
        CdoPR_USER_CERTIFICATE = unchecked((int)0x3A220102),
        CdoPR_PRIMARY_FAX_NUMBER = unchecked((int)0x3A23001E),
        CdoPR_PRIMARY_FAX_NUMBER_W = unchecked((int)0x3A23001F),
        CdoPR_PRIMARY_FAX_NUMBER_A = unchecked((int)0x3A23001E),
        CdoPR_BUSINESS_FAX_NUMBER = unchecked((int)0x3A24001E),
        CdoPR_BUSINESS_FAX_NUMBER_W = unchecked((int)0x3A24001F),
        CdoPR_BUSINESS_FAX_NUMBER_A = unchecked((int)0x3A24001E),
        CdoPR_HOME_FAX_NUMBER = unchecked((int)0x3A25001E),
        CdoPR_HOME_FAX_NUMBER_W = unchecked((int)0x3A25001F),
        CdoPR_HOME_FAX_NUMBER_A = unchecked((int)0x3A25001E),
        CdoPR_BUSINESS_ADDRESS_COUNTRY = unchecked((int)0x3A26001E),
        CdoPR_BUSINESS_ADDRESS_COUNTRY_W = unchecked((int)0x3A26001F),
        CdoPR_BUSINESS_ADDRESS_COUNTRY_A = unchecked((int)0x3A26001E),
        CdoPR_COUNTRY = unchecked((int)0x3A26001E),
        CdoPR_COUNTRY_W = unchecked((int)0x3A26001F),
        CdoPR_COUNTRY_A = unchecked((int)0x3A26001E),
        CdoPR_BUSINESS_ADDRESS_CITY = unchecked((int)0x3A27001E),
        CdoPR_BUSINESS_ADDRESS_CITY_W = unchecked((int)0x3A27001F),
        CdoPR_BUSINESS_ADDRESS_CITY_A = unchecked((int)0x3A27001E),
        CdoPR_LOCALITY = unchecked((int)0x3A27001E),
        CdoPR_LOCALITY_W = unchecked((int)0x3A27001F),
        CdoPR_LOCALITY_A = unchecked((int)0x3A27001E),
        CdoPR_BUSINESS_ADDRESS_STATE_OR_PROVINCE = unchecked((int)0x3A28001E),
        CdoPR_BUSINESS_ADDRESS_STATE_OR_PROVINCE_W = unchecked((int)0x3A28001F),
        CdoPR_BUSINESS_ADDRESS_STATE_OR_PROVINCE_A = unchecked((int)0x3A28001E),
        CdoPR_STATE_OR_PROVINCE = unchecked((int)0x3A28001E),
        CdoPR_STATE_OR_PROVINCE_W = unchecked((int)0x3A28001F),
        CdoPR_STATE_OR_PROVINCE_A = unchecked((int)0x3A28001E),
        CdoPR_BUSINESS_ADDRESS_STREET = unchecked((int)0x3A29001E),
        CdoPR_BUSINESS_ADDRESS_STREET_W = unchecked((int)0x3A29001F),
        CdoPR_BUSINESS_ADDRESS_STREET_A = unchecked((int)0x3A29001E),
        CdoPR_STREET_ADDRESS = unchecked((int)0x3A29001E),
        CdoPR_STREET_ADDRESS_W = unchecked((int)0x3A29001F),
        CdoPR_STREET_ADDRESS_A = unchecked((int)0x3A29001E),
        CdoPR_BUSINESS_ADDRESS_POSTAL_CODE = unchecked((int)0x3A2A001E),
        CdoPR_BUSINESS_ADDRESS_POSTAL_CODE_W = unchecked((int)0x3A2A001F),
        CdoPR_BUSINESS_ADDRESS_POSTAL_CODE_A = unchecked((int)0x3A2A001E),
        CdoPR_POSTAL_CODE = unchecked((int)0x3A2A001E),
        CdoPR_POSTAL_CODE_W = unchecked((int)0x3A2A001F),
        CdoPR_POSTAL_CODE_A = unchecked((int)0x3A2A001E),
        CdoPR_BUSINESS_ADDRESS_POST_OFFICE_BOX = unchecked((int)0x3A2B001E),
        CdoPR_BUSINESS_ADDRESS_POST_OFFICE_BOX_W = unchecked((int)0x3A2B001F),
        CdoPR_BUSINESS_ADDRESS_POST_OFFICE_BOX_A = unchecked((int)0x3A2B001E),
        CdoPR_POST_OFFICE_BOX = unchecked((int)0x3A2B001E),
        CdoPR_POST_OFFICE_BOX_W = unchecked((int)0x3A2B001F),
        CdoPR_POST_OFFICE_BOX_A = unchecked((int)0x3A2B001E),
        CdoPR_TELEX_NUMBER = unchecked((int)0x3A2C001E),
        CdoPR_TELEX_NUMBER_W = unchecked((int)0x3A2C001F),
        CdoPR_TELEX_NUMBER_A = unchecked((int)0x3A2C001E),
        CdoPR_ISDN_NUMBER = unchecked((int)0x3A2D001E),
        CdoPR_ISDN_NUMBER_W = unchecked((int)0x3A2D001F),
        CdoPR_ISDN_NUMBER_A = unchecked((int)0x3A2D001E),
        CdoPR_ASSISTANT_TELEPHONE_NUMBER = unchecked((int)0x3A2E001E),
        CdoPR_ASSISTANT_TELEPHONE_NUMBER_W = unchecked((int)0x3A2E001F),
        CdoPR_ASSISTANT_TELEPHONE_NUMBER_A = unchecked((int)0x3A2E001E),
        CdoPR_HOME2_TELEPHONE_NUMBER = unchecked((int)0x3A2F001E),
        CdoPR_HOME2_TELEPHONE_NUMBER_W = unchecked((int)0x3A2F001F),
        CdoPR_HOME2_TELEPHONE_NUMBER_A = unchecked((int)0x3A2F001E),
        CdoPR_ASSISTANT = unchecked((int)0x3A30001E),
        CdoPR_ASSISTANT_W = unchecked((int)0x3A30001F),
        CdoPR_ASSISTANT_A = unchecked((int)0x3A30001E),
        CdoPR_SEND_RICH_INFO = unchecked((int)0x3A40000B),
        CdoPR_WEDDING_ANNIVERSARY = unchecked((int)0x3A410040),
        CdoPR_BIRTHDAY = unchecked((int)0x3A420040),
        CdoPR_HOBBIES = unchecked((int)0x3A43001E),
        CdoPR_HOBBIES_W = unchecked((int)0x3A43001F),
        CdoPR_HOBBIES_A = unchecked((int)0x3A43001E),
        CdoPR_MIDDLE_NAME = unchecked((int)0x3A44001E),
        CdoPR_MIDDLE_NAME_W = unchecked((int)0x3A44001F),
        CdoPR_MIDDLE_NAME_A = unchecked((int)0x3A44001E),
        CdoPR_DISPLAY_NAME_PREFIX = unchecked((int)0x3A45001E),
        CdoPR_DISPLAY_NAME_PREFIX_W = unchecked((int)0x3A45001F),
        CdoPR_DISPLAY_NAME_PREFIX_A = unchecked((int)0x3A45001E),
        CdoPR_PROFESSION = unchecked((int)0x3A46001E),
        CdoPR_PROFESSION_W = unchecked((int)0x3A46001F),
        CdoPR_PROFESSION_A = unchecked((int)0x3A46001E),
        CdoPR_PREFERRED_BY_NAME = unchecked((int)0x3A47001E),
        CdoPR_PREFERRED_BY_NAME_W = unchecked((int)0x3A47001F),
        CdoPR_PREFERRED_BY_NAME_A = unchecked((int)0x3A47001E),
        CdoPR_REFERRED_BY_NAME = unchecked((int)0x3A47001E),
        CdoPR_REFERRED_BY_NAME_W = unchecked((int)0x3A47001F),
        CdoPR_REFERRED_BY_NAME_A = unchecked((int)0x3A47001E),
        CdoPR_SPOUSE_NAME = unchecked((int)0x3A48001E),
        CdoPR_SPOUSE_NAME_W = unchecked((int)0x3A48001F),
        CdoPR_SPOUSE_NAME_A = unchecked((int)0x3A48001E),
        CdoPR_COMPUTER_NETWORK_NAME = unchecked((int)0x3A49001E),
        CdoPR_COMPUTER_NETWORK_NAME_W = unchecked((int)0x3A49001F),
        CdoPR_COMPUTER_NETWORK_NAME_A = unchecked((int)0x3A49001E),
        CdoPR_CUSTOMER_ID = unchecked((int)0x3A4A001E),
        CdoPR_CUSTOMER_ID_W = unchecked((int)0x3A4A001F),
        CdoPR_CUSTOMER_ID_A = unchecked((int)0x3A4A001E),
        CdoPR_TTYTDD_PHONE_NUMBER = unchecked((int)0x3A4B001E),
        CdoPR_TTYTDD_PHONE_NUMBER_W = unchecked((int)0x3A4B001F),
        CdoPR_TTYTDD_PHONE_NUMBER_A = unchecked((int)0x3A4B001E),
        CdoPR_FTP_SITE = unchecked((int)0x3A4C001E),
        CdoPR_FTP_SITE_W = unchecked((int)0x3A4C001F),
        CdoPR_FTP_SITE_A = unchecked((int)0x3A4C001E),
        CdoPR_GENDER = unchecked((int)0x3A4D0002),
        CdoPR_MANAGER_NAME = unchecked((int)0x3A4E001E),
        CdoPR_MANAGER_NAME_W = unchecked((int)0x3A4E001F),
        CdoPR_MANAGER_NAME_A = unchecked((int)0x3A4E001E),
        CdoPR_NICKNAME = unchecked((int)0x3A4F001E),
        CdoPR_NICKNAME_W = unchecked((int)0x3A4F001F),
        CdoPR_NICKNAME_A = unchecked((int)0x3A4F001E),
        CdoPR_PERSONAL_HOME_PAGE = unchecked((int)0x3A50001E),
        CdoPR_PERSONAL_HOME_PAGE_W = unchecked((int)0x3A50001F),
        CdoPR_PERSONAL_HOME_PAGE_A = unchecked((int)0x3A50001E),
        CdoPR_BUSINESS_HOME_PAGE = unchecked((int)0x3A51001E),
        CdoPR_BUSINESS_HOME_PAGE_W = unchecked((int)0x3A51001F),
        CdoPR_BUSINESS_HOME_PAGE_A = unchecked((int)0x3A51001E),
        CdoPR_CONTACT_VERSION = unchecked((int)0x3A520048),
        CdoPR_CONTACT_ENTRYIDS = unchecked((int)0x3A531102),
        CdoPR_CONTACT_ADDRTYPES = unchecked((int)0x3A54101E),
        CdoPR_CONTACT_ADDRTYPES_W = unchecked((int)0x3A54101F),
        CdoPR_CONTACT_ADDRTYPES_A = unchecked((int)0x3A54101E),
        CdoPR_CONTACT_DEFAULT_ADDRESS_INDEX = unchecked((int)0x3A550003),
        CdoPR_CONTACT_EMAIL_ADDRESSES = unchecked((int)0x3A56101E),
        CdoPR_CONTACT_EMAIL_ADDRESSES_W = unchecked((int)0x3A56101F),
        CdoPR_CONTACT_EMAIL_ADDRESSES_A = unchecked((int)0x3A56101E),
        CdoPR_COMPANY_MAIN_PHONE_NUMBER = unchecked((int)0x3A57001E),
        CdoPR_COMPANY_MAIN_PHONE_NUMBER_W = unchecked((int)0x3A57001F),
        CdoPR_COMPANY_MAIN_PHONE_NUMBER_A = unchecked((int)0x3A57001E),
        CdoPR_CHILDRENS_NAMES = unchecked((int)0x3A58101E),
        CdoPR_CHILDRENS_NAMES_W = unchecked((int)0x3A58101F),
        CdoPR_CHILDRENS_NAMES_A = unchecked((int)0x3A58101E),
        CdoPR_HOME_ADDRESS_CITY = unchecked((int)0x3A59001E),
        CdoPR_HOME_ADDRESS_CITY_W = unchecked((int)0x3A59001F),
        CdoPR_HOME_ADDRESS_CITY_A = unchecked((int)0x3A59001E),
        CdoPR_HOME_ADDRESS_COUNTRY = unchecked((int)0x3A5A001E),
        CdoPR_HOME_ADDRESS_COUNTRY_W = unchecked((int)0x3A5A001F),
        CdoPR_HOME_ADDRESS_COUNTRY_A = unchecked((int)0x3A5A001E),
        CdoPR_HOME_ADDRESS_POSTAL_CODE = unchecked((int)0x3A5B001E),
        CdoPR_HOME_ADDRESS_POSTAL_CODE_W = unchecked((int)0x3A5B001F),
        CdoPR_HOME_ADDRESS_POSTAL_CODE_A = unchecked((int)0x3A5B001E),
        CdoPR_HOME_ADDRESS_STATE_OR_PROVINCE = unchecked((int)0x3A5C001E),
        CdoPR_HOME_ADDRESS_STATE_OR_PROVINCE_W = unchecked((int)0x3A5C001F),
        CdoPR_HOME_ADDRESS_STATE_OR_PROVINCE_A = unchecked((int)0x3A5C001E),
        CdoPR_HOME_ADDRESS_STREET = unchecked((int)0x3A5D001E),
        CdoPR_HOME_ADDRESS_STREET_W = unchecked((int)0x3A5D001F),
        CdoPR_HOME_ADDRESS_STREET_A = unchecked((int)0x3A5D001E),
        CdoPR_HOME_ADDRESS_POST_OFFICE_BOX = unchecked((int)0x3A5E001E),
        CdoPR_HOME_ADDRESS_POST_OFFICE_BOX_W = unchecked((int)0x3A5E001F),
        CdoPR_HOME_ADDRESS_POST_OFFICE_BOX_A = unchecked((int)0x3A5E001E),
        CdoPR_OTHER_ADDRESS_CITY = unchecked((int)0x3A5F001E),
        CdoPR_OTHER_ADDRESS_CITY_W = unchecked((int)0x3A5F001F),
        CdoPR_OTHER_ADDRESS_CITY_A = unchecked((int)0x3A5F001E),
        CdoPR_OTHER_ADDRESS_COUNTRY = unchecked((int)0x3A60001E),
        CdoPR_OTHER_ADDRESS_COUNTRY_W = unchecked((int)0x3A60001F),
        CdoPR_OTHER_ADDRESS_COUNTRY_A = unchecked((int)0x3A60001E),
        CdoPR_OTHER_ADDRESS_POSTAL_CODE = unchecked((int)0x3A61001E),
        CdoPR_OTHER_ADDRESS_POSTAL_CODE_W = unchecked((int)0x3A61001F),
        CdoPR_OTHER_ADDRESS_POSTAL_CODE_A = unchecked((int)0x3A61001E),
        CdoPR_OTHER_ADDRESS_STATE_OR_PROVINCE = unchecked((int)0x3A62001E),
        CdoPR_OTHER_ADDRESS_STATE_OR_PROVINCE_W = unchecked((int)0x3A62001F),
        CdoPR_OTHER_ADDRESS_STATE_OR_PROVINCE_A = unchecked((int)0x3A62001E),
        CdoPR_OTHER_ADDRESS_STREET = unchecked((int)0x3A63001E),
        CdoPR_OTHER_ADDRESS_STREET_W = unchecked((int)0x3A63001F),
        CdoPR_OTHER_ADDRESS_STREET_A = unchecked((int)0x3A63001E),
        CdoPR_OTHER_ADDRESS_POST_OFFICE_BOX = unchecked((int)0x3A64001E),
        CdoPR_OTHER_ADDRESS_POST_OFFICE_BOX_W = unchecked((int)0x3A64001F),
        CdoPR_OTHER_ADDRESS_POST_OFFICE_BOX_A = unchecked((int)0x3A64001E),
        CdoPR_SEND_INTERNET_ENCODING = unchecked((int)0x3A710003),
        CdoPR_STORE_PROVIDERS = unchecked((int)0x3D000102),
        CdoPR_AB_PROVIDERS = unchecked((int)0x3D010102),
        CdoPR_TRANSPORT_PROVIDERS = unchecked((int)0x3D020102),
        CdoPR_DEFAULT_PROFILE = unchecked((int)0x3D04000B),
        CdoPR_AB_SEARCH_PATH = unchecked((int)0x3D051102),
        CdoPR_AB_DEFAULT_DIR = unchecked((int)0x3D060102),
        CdoPR_AB_DEFAULT_PAB = unchecked((int)0x3D070102),
        CdoPR_FILTERING_HOOKS = unchecked((int)0x3D080102),
        CdoPR_SERVICE_NAME = unchecked((int)0x3D09001E),
        CdoPR_SERVICE_NAME_W = unchecked((int)0x3D09001F),
        CdoPR_SERVICE_NAME_A = unchecked((int)0x3D09001E),
        CdoPR_SERVICE_DLL_NAME = unchecked((int)0x3D0A001E),
        CdoPR_SERVICE_DLL_NAME_W = unchecked((int)0x3D0A001F),
        CdoPR_SERVICE_DLL_NAME_A = unchecked((int)0x3D0A001E),
        CdoPR_SERVICE_ENTRY_NAME = unchecked((int)0x3D0B001E),
        CdoPR_SERVICE_UID = unchecked((int)0x3D0C0102),
        CdoPR_SERVICE_EXTRA_UIDS = unchecked((int)0x3D0D0102),
        CdoPR_SERVICES = unchecked((int)0x3D0E0102),
        CdoPR_SERVICE_SUPPORT_FILES = unchecked((int)0x3D0F101E),
        CdoPR_SERVICE_SUPPORT_FILES_W = unchecked((int)0x3D0F101F),
        CdoPR_SERVICE_SUPPORT_FILES_A = unchecked((int)0x3D0F101E),
        CdoPR_SERVICE_DELETE_FILES = unchecked((int)0x3D10101E),
        CdoPR_SERVICE_DELETE_FILES_W = unchecked((int)0x3D10101F),
        CdoPR_SERVICE_DELETE_FILES_A = unchecked((int)0x3D10101E),
        CdoPR_AB_SEARCH_PATH_UPDATE = unchecked((int)0x3D110102),
        CdoPR_PROFILE_NAME = unchecked((int)0x3D12001E),
        CdoPR_PROFILE_NAME_W = unchecked((int)0x3D12001F),
        CdoPR_PROFILE_NAME_A = unchecked((int)0x3D12001E),
        CdoPR_IDENTITY_DISPLAY = unchecked((int)0x3E00001E),
        CdoPR_IDENTITY_DISPLAY_W = unchecked((int)0x3E00001F),
        CdoPR_IDENTITY_DISPLAY_A = unchecked((int)0x3E00001E),
        CdoPR_IDENTITY_ENTRYID = unchecked((int)0x3E010102),
        CdoPR_RESOURCE_METHODS = unchecked((int)0x3E020003),
        CdoPR_RESOURCE_TYPE = unchecked((int)0x3E030003),
        CdoPR_STATUS_CODE = unchecked((int)0x3E040003),
        CdoPR_IDENTITY_SEARCH_KEY = unchecked((int)0x3E050102),
        CdoPR_OWN_STORE_ENTRYID = unchecked((int)0x3E060102),
        CdoPR_RESOURCE_PATH = unchecked((int)0x3E07001E),
        CdoPR_RESOURCE_PATH_W = unchecked((int)0x3E07001F),
        CdoPR_RESOURCE_PATH_A = unchecked((int)0x3E07001E),
        CdoPR_STATUS_STRING = unchecked((int)0x3E08001E),
        CdoPR_STATUS_STRING_W = unchecked((int)0x3E08001F),
        CdoPR_STATUS_STRING_A = unchecked((int)0x3E08001E),
        CdoPR_X400_DEFERRED_DELIVERY_CANCEL = unchecked((int)0x3E09000B),
        CdoPR_HEADER_FOLDER_ENTRYID = unchecked((int)0x3E0A0102),
        CdoPR_REMOTE_PROGRESS = unchecked((int)0x3E0B0003),
        CdoPR_REMOTE_PROGRESS_TEXT = unchecked((int)0x3E0C001E),
        CdoPR_REMOTE_PROGRESS_TEXT_W = unchecked((int)0x3E0C001F),
        CdoPR_REMOTE_PROGRESS_TEXT_A = unchecked((int)0x3E0C001E),
        CdoPR_REMOTE_VALIDATE_OK = unchecked((int)0x3E0D000B),
        CdoPR_CONTROL_FLAGS = unchecked((int)0x3F000003),
        CdoPR_CONTROL_STRUCTURE = unchecked((int)0x3F010102),
        CdoPR_CONTROL_TYPE = unchecked((int)0x3F020003),
        CdoPR_DELTAX = unchecked((int)0x3F030003),
        CdoPR_DELTAY = unchecked((int)0x3F040003),
        CdoPR_XPOS = unchecked((int)0x3F050003),
        CdoPR_YPOS = unchecked((int)0x3F060003),
        CdoPR_CONTROL_ID = unchecked((int)0x3F070102),
        CdoPR_INITIAL_DETAILS_PANE = unchecked((int)0x3F080003),
    }

    /// <summary>Old names of CdoFieldType</summary>
    public enum mapiFieldType
    {
        vbEmpty = unchecked((int)0x00000000),
        vbNull = unchecked((int)0x00000001),
        vbInteger = unchecked((int)0x00000002),
        vbLong = unchecked((int)0x00000003),
        vbSingle = unchecked((int)0x00000004),
        vbDouble = unchecked((int)0x00000005),
        vbCurrency = unchecked((int)0x00000006),
        vbDate = unchecked((int)0x00000007),
        vbString = unchecked((int)0x00000008),
        vbBoolean = unchecked((int)0x0000000B),
        vbDataObject = unchecked((int)0x0000000D),
        vbBlob = unchecked((int)0x00000041),
        vbArray = unchecked((int)0x00002000),
    }

    /// <summary>Old names of CdoImportance</summary>
    public enum mapiImportance
    {
        mapiLow = unchecked((int)0x00000000),
        mapiNormal = unchecked((int)0x00000001),
        mapiHigh = unchecked((int)0x00000002),
    }

    /// <summary>Old names of CdoSortOrder</summary>
    public enum mapiSortOrder
    {
        mapiNone = unchecked((int)0x00000000),
        mapiAscending = unchecked((int)0x00000001),
        mapiDescending = unchecked((int)0x00000002),
    }

    /// <summary>Old names of CdoRecipientType</summary>
    public enum mapiRecipientType
    {
        mapiTo = unchecked((int)0x00000001),
        mapiCc = unchecked((int)0x00000002),
        mapiBcc = unchecked((int)0x00000003),
    }

    /// <summary>Old names of CdoAttachmentType</summary>
    public enum mapiAttachmentType
    {
        mapiFileData = unchecked((int)0x00000001),
        mapiFileLink = unchecked((int)0x00000002),
        mapiOle = unchecked((int)0x00000003),
        mapiEmbeddedMessage = unchecked((int)0x00000004),
    }

    /// <summary>Old names of CdoDisplayType</summary>
    public enum mapiDisplayType
    {
        mapiUser = unchecked((int)0x00000000),
        mapiDistList = unchecked((int)0x00000001),
        mapiForum = unchecked((int)0x00000002),
        mapiAgent = unchecked((int)0x00000003),
        mapiOrganization = unchecked((int)0x00000004),
        mapiPrivateDistList = unchecked((int)0x00000005),
        mapiRemoteUser = unchecked((int)0x00000006),
    }

    /// <summary>Old names of CdoObjectClass</summary>
    public enum mapiObjectClass
    {
        mapiUnknown = unchecked((int)0xFFFFFFFF),
        mapiSession = unchecked((int)0x00000000),
        mapiInfoStore = unchecked((int)0x00000001),
        mapiFolder = unchecked((int)0x00000002),
        mapiMsg = unchecked((int)0x00000003),
        mapiRecipient = unchecked((int)0x00000004),
        mapiAttachment = unchecked((int)0x00000005),
        mapiField = unchecked((int)0x00000006),
        mapiAddressList = unchecked((int)0x00000007),
        mapiAddressEntry = unchecked((int)0x00000008),
        mapiAddressFilter = unchecked((int)0x00000009),
        mapiMessageFilter = unchecked((int)0x0000000A),
        mapiInfoStores = unchecked((int)0x0000000E),
        mapiFolders = unchecked((int)0x0000000F),
        mapiMessages = unchecked((int)0x00000010),
        mapiRecipients = unchecked((int)0x00000011),
        mapiAttachments = unchecked((int)0x00000012),
        mapiFields = unchecked((int)0x00000013),
        mapiAddressLists = unchecked((int)0x00000014),
        mapiAddressEntries = unchecked((int)0x00000015),
        mapiGroupHeader = unchecked((int)0x00000019),
        mapiHiddenMessages = unchecked((int)0x0000001A),
        mapiClassTotal = unchecked((int)0x0000001B),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgFieldType
    {
        ActMsgEmpty = unchecked((int)0x00000000),
        ActMsgNull = unchecked((int)0x00000001),
        ActMsgInteger = unchecked((int)0x00000002),
        ActMsgLong = unchecked((int)0x00000003),
        ActMsgSingle = unchecked((int)0x00000004),
        ActMsgDouble = unchecked((int)0x00000005),
        ActMsgCurrency = unchecked((int)0x00000006),
        ActMsgDate = unchecked((int)0x00000007),
        ActMsgString = unchecked((int)0x00000008),
        ActMsgBoolean = unchecked((int)0x0000000B),
        ActMsgDataObject = unchecked((int)0x0000000D),
        ActMsgBlob = unchecked((int)0x00000041),
        ActMsgArray = unchecked((int)0x00002000),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgImportance
    {
        ActMsgLow = unchecked((int)0x00000000),
        ActMsgNormal = unchecked((int)0x00000001),
        ActMsgHigh = unchecked((int)0x00000002),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgSensitivity
    {
        ActMsgNoSensitivity = unchecked((int)0x00000000),
        ActMsgPersonal = unchecked((int)0x00000001),
        ActMsgPrivate = unchecked((int)0x00000002),
        ActMsgConfidential = unchecked((int)0x00000003),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgSortOrder
    {
        ActMsgNone = unchecked((int)0x00000000),
        ActMsgAscending = unchecked((int)0x00000001),
        ActMsgDescending = unchecked((int)0x00000002),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgRecipientType
    {
        ActMsgTo = unchecked((int)0x00000001),
        ActMsgCc = unchecked((int)0x00000002),
        ActMsgBcc = unchecked((int)0x00000003),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgAttachmentType
    {
        ActMsgFileData = unchecked((int)0x00000001),
        ActMsgFileLink = unchecked((int)0x00000002),
        ActMsgOle = unchecked((int)0x00000003),
        ActMsgEmbeddedMessage = unchecked((int)0x00000004),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgDisplayType
    {
        ActMsgUser = unchecked((int)0x00000000),
        ActMsgDistList = unchecked((int)0x00000001),
        ActMsgForum = unchecked((int)0x00000002),
        ActMsgAgent = unchecked((int)0x00000003),
        ActMsgOrganization = unchecked((int)0x00000004),
        ActMsgPrivateDistList = unchecked((int)0x00000005),
        ActMsgRemoteUser = unchecked((int)0x00000006),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgObjectClass
    {
        ActMsgUnknown = unchecked((int)0xFFFFFFFF),
        ActMsgSession = unchecked((int)0x00000000),
        ActMsgInfoStore = unchecked((int)0x00000001),
        ActMsgFolder = unchecked((int)0x00000002),
        ActMsgMsg = unchecked((int)0x00000003),
        ActMsgRecipient = unchecked((int)0x00000004),
        ActMsgAttachment = unchecked((int)0x00000005),
        ActMsgField = unchecked((int)0x00000006),
        ActMsgAddressList = unchecked((int)0x00000007),
        ActMsgAddressEntry = unchecked((int)0x00000008),
        ActMsgAddressFilter = unchecked((int)0x00000009),
        ActMsgMessageFilter = unchecked((int)0x0000000A),
        ActMsgInfoStores = unchecked((int)0x0000000E),
        ActMsgFolders = unchecked((int)0x0000000F),
        ActMsgMessages = unchecked((int)0x00000010),
        ActMsgRecipients = unchecked((int)0x00000011),
        ActMsgAttachments = unchecked((int)0x00000012),
        ActMsgFields = unchecked((int)0x00000013),
        ActMsgAddressLists = unchecked((int)0x00000014),
        ActMsgAddressEntries = unchecked((int)0x00000015),
        ActMsgGroupHeader = unchecked((int)0x00000019),
        ActMsgAppointment = unchecked((int)0x0000001A),
        ActMsgMeetingItem = unchecked((int)0x0000001B),
        ActMsgRecurrencePattern = unchecked((int)0x0000001C),
        ActMsgExceptions = unchecked((int)0x0000001D),
        ActMsgException = unchecked((int)0x0000001E),
        ActMsgMeetingPlanner = unchecked((int)0x0000001F),
        ActMsgHiddenMessages = unchecked((int)0x00000020),
        ActMsgMsgClassTotal = unchecked((int)0x00000021),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgDefaultFolderTypes
    {
        ActMsgDefaultFolderCalendar = unchecked((int)0x00000000),
        ActMsgDefaultFolderInbox = unchecked((int)0x00000001),
        ActMsgDefaultFolderOutbox = unchecked((int)0x00000002),
        ActMsgDefaultFolderSentItems = unchecked((int)0x00000003),
        ActMsgDefaultFolderDeletedItems = unchecked((int)0x00000004),
        ActMsgDefaultFolderContacts = unchecked((int)0x00000005),
        ActMsgDefaultFolderJournal = unchecked((int)0x00000006),
        ActMsgDefaultFolderNotes = unchecked((int)0x00000007),
        ActMsgDefaultFolderTasks = unchecked((int)0x00000008),
        ActMsgDefaultFolderTotal = unchecked((int)0x00000009),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgAddressListTypes
    {
        ActMsgAddressListGAL = unchecked((int)0x00000000),
        ActMsgAddressListPAB = unchecked((int)0x00000001),
        ActMsgAddressListTotal = unchecked((int)0x00000002),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgDaysOfWeek
    {
        ActMsgSunday = unchecked((int)0x00000001),
        ActMsgMonday = unchecked((int)0x00000002),
        ActMsgTuesday = unchecked((int)0x00000004),
        ActMsgWednesday = unchecked((int)0x00000008),
        ActMsgThursday = unchecked((int)0x00000010),
        ActMsgFriday = unchecked((int)0x00000020),
        ActMsgSaturday = unchecked((int)0x00000040),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgRecurTypes
    {
        ActMsgRecurTypeDaily = unchecked((int)0x00000000),
        ActMsgRecurTypeWeekly = unchecked((int)0x00000001),
        ActMsgRecurTypeMonthly = unchecked((int)0x00000002),
        ActMsgRecurTypeMonthlyNth = unchecked((int)0x00000003),
        ActMsgRecurTypeYearly = unchecked((int)0x00000005),
        ActMsgRecurTypeYearlyNth = unchecked((int)0x00000006),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgPropIds
    {
        AmPidLocation = unchecked((int)0x00007E00),
        AmPidApptStartWhole = unchecked((int)0x00007E01),
        AmPidApptEndWhole = unchecked((int)0x00007E02),
        AmPidResponseStatus = unchecked((int)0x00007E03),
        AmPidRecurring = unchecked((int)0x00007E04),
        AmPidBusyStatus = unchecked((int)0x00007E05),
        AmPidApptDuration = unchecked((int)0x00007E06),
        AmPidApptSubType = unchecked((int)0x00007E07),
        AmPidApptStateFlags = unchecked((int)0x00007E08),
        AmPidApptReplyTime = unchecked((int)0x00007E09),
        AmPidApptUpdateTime = unchecked((int)0x00007E0A),
        AmPidExceptionReplaceTime = unchecked((int)0x00007E0B),
        AmPidOwnerName = unchecked((int)0x00007E0C),
        AmPidRecurType = unchecked((int)0x00007E0D),
        AmPidReminderDelta = unchecked((int)0x00007E0E),
        AmPidReminderTime = unchecked((int)0x00007E0F),
        AmPidReminderSet = unchecked((int)0x00007E10),
        AmPidAgingDontAgeMe = unchecked((int)0x00007E11),
        AmPidDayOfMonth = unchecked((int)0x00007E12),
        AmPidDayOfWeekMask = unchecked((int)0x00007E13),
        AmPidInstance = unchecked((int)0x00007E14),
        AmPidInterval = unchecked((int)0x00007E15),
        AmPidOccurrences = unchecked((int)0x00007E16),
        AmPidMonthOfYear = unchecked((int)0x00007E17),
        AmPidFSliding = unchecked((int)0x00007E18),
        AmPidFNoEndDate = unchecked((int)0x00007E19),
        AmPidRecurDuration = unchecked((int)0x00007E1A),
        AmPidApptGlobalObjId = unchecked((int)0x00007E1B),
        AmPidTimeZone = unchecked((int)0x00007E1C),
        AmPidStoreType = unchecked((int)0x00007E1D),
        AmPidMaximum = unchecked((int)0x00007E1E),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgMeetingStatusTypes
    {
        ActMsgNonMeeting = unchecked((int)0x00000000),
        ActMsgMeeting = unchecked((int)0x00000001),
        ActMsgMeetingReceived = unchecked((int)0x00000003),
        ActMsgMeetingCanceled = unchecked((int)0x00000005),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgResponseStatus
    {
        ActMsgResponseNone = unchecked((int)0x00000000),
        ActMsgResponseOrganized = unchecked((int)0x00000001),
        ActMsgResponseTentative = unchecked((int)0x00000002),
        ActMsgResponseAccepted = unchecked((int)0x00000003),
        ActMsgResponseDeclined = unchecked((int)0x00000004),
        ActMsgResponseNotResponded = unchecked((int)0x00000005),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgStoreType
    {
        ActMsgOutlook = unchecked((int)0x00000001),
        ActMsgSchedulePlus = unchecked((int)0x00000002),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgBusyStatus
    {
        ActMsgFree = unchecked((int)0x00000000),
        ActMsgTentative = unchecked((int)0x00000001),
        ActMsgBusy = unchecked((int)0x00000002),
        ActMsgOutOfOffice = unchecked((int)0x00000003),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgMeetingType
    {
        ActMsgMeetingRequest = unchecked((int)0x00000001),
        ActMsgMeetingResponse = unchecked((int)0x00000002),
    }

    /// <summary>Time zones of Session.SetOption("TimeZone")</summary>
    public enum ActMsgTimeZones
    {
        ActMsgTmzOrigin = unchecked((int)0x00000000),
        ActMsgTmzGMT = unchecked((int)0x00000001),
        ActMsgTmzLisbon = unchecked((int)0x00000002),
        ActMsgTmzParis = unchecked((int)0x00000003),
        ActMsgTmzBerlin = unchecked((int)0x00000004),
        ActMsgTmzEasternEurope = unchecked((int)0x00000005),
        ActMsgTmzPrague = unchecked((int)0x00000006),
        ActMsgTmzAthens = unchecked((int)0x00000007),
        ActMsgTmzRiodeJaneiro = unchecked((int)0x00000008),
        ActMsgTmzAtlanticCanada = unchecked((int)0x00000009),
        ActMsgTmzEastern = unchecked((int)0x0000000A),
        ActMsgTmzCentral = unchecked((int)0x0000000B),
        ActMsgTmzMountain = unchecked((int)0x0000000C),
        ActMsgTmzPacific = unchecked((int)0x0000000D),
        ActMsgTmzAlaska = unchecked((int)0x0000000E),
        ActMsgTmzHawaii = unchecked((int)0x0000000F),
        ActMsgTmzMidwayIsland = unchecked((int)0x00000010),
        ActMsgTmzWellington = unchecked((int)0x00000011),
        ActMsgTmzBrisbane = unchecked((int)0x00000012),
        ActMsgTmzAdelaide = unchecked((int)0x00000013),
        ActMsgTmzTokyo = unchecked((int)0x00000014),
        ActMsgTmzHongKong = unchecked((int)0x00000015),
        ActMsgTmzBangkok = unchecked((int)0x00000016),
        ActMsgTmzBombay = unchecked((int)0x00000017),
        ActMsgTmzAbuDhabi = unchecked((int)0x00000018),
        ActMsgTmzTehran = unchecked((int)0x00000019),
        ActMsgTmzBaghdad = unchecked((int)0x0000001A),
        ActMsgTmzIsrael = unchecked((int)0x0000001B),
        ActMsgTmzNewfoundlad = unchecked((int)0x0000001C),
        ActMsgTmzAzores = unchecked((int)0x0000001D),
        ActMsgTmzMidAtlantic = unchecked((int)0x0000001E),
        ActMsgTmzMonrovia = unchecked((int)0x0000001F),
        ActMsgTmzBuenosAires = unchecked((int)0x00000020),
        ActMsgTmzCaracas = unchecked((int)0x00000021),
        ActMsgTmzIndiana = unchecked((int)0x00000022),
        ActMsgTmzBogota = unchecked((int)0x00000023),
        ActMsgTmzSaskatchewan = unchecked((int)0x00000024),
        ActMsgTmzMexicoCity = unchecked((int)0x00000025),
        ActMsgTmzArizona = unchecked((int)0x00000026),
        ActMsgTmzEnewetak = unchecked((int)0x00000027),
        ActMsgTmzFiji = unchecked((int)0x00000028),
        ActMsgTmzMagadan = unchecked((int)0x00000029),
        ActMsgTmzHobart = unchecked((int)0x0000002A),
        ActMsgTmzGuam = unchecked((int)0x0000002B),
        ActMsgTmzDarwin = unchecked((int)0x0000002C),
        ActMsgTmzBeijing = unchecked((int)0x0000002D),
        ActMsgTmzAlmaty = unchecked((int)0x0000002E),
        ActMsgTmzIslamabad = unchecked((int)0x0000002F),
        ActMsgTmzKabul = unchecked((int)0x00000030),
        ActMsgTmzCairo = unchecked((int)0x00000031),
        ActMsgTmzHarare = unchecked((int)0x00000032),
        ActMsgTmzMoscow = unchecked((int)0x00000033),
        ActMsgTmzSydney2k = unchecked((int)0x00000034),
        ActMsgTmzMax = unchecked((int)0x00000035),
        ActMsgTmzNoDST = unchecked((int)0x00004000),
        ActMsgTmzUTC = unchecked((int)0x00004001),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgLimits
    {
        ActMsgMaxCount = unchecked((int)0x7FFFFFFF),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgErrorType
    {
        ActMsgE_CALL_FAILED = unchecked((int)0x80004005),
        ActMsgE_NOT_ENOUGH_MEMORY = unchecked((int)0x8007000E),
        ActMsgE_INVALID_PARAMETER = unchecked((int)0x80070057),
        ActMsgE_INTERFACE_NOT_SUPPORTED = unchecked((int)0x80004002),
        ActMsgE_NO_ACCESS = unchecked((int)0x80070005),
        ActMsgE_NO_SUPPORT = unchecked((int)0x80040102),
        ActMsgE_BAD_CHARWIDTH = unchecked((int)0x80040103),
        ActMsgE_STRING_TOO_LONG = unchecked((int)0x80040105),
        ActMsgE_UNKNOWN_FLAGS = unchecked((int)0x80040106),
        ActMsgE_INVALID_ENTRYID = unchecked((int)0x80040107),
        ActMsgE_INVALID_OBJECT = unchecked((int)0x80040108),
        ActMsgE_OBJECT_CHANGED = unchecked((int)0x80040109),
        ActMsgE_OBJECT_DELETED = unchecked((int)0x8004010A),
        ActMsgE_BUSY = unchecked((int)0x8004010B),
        ActMsgE_NOT_ENOUGH_DISK = unchecked((int)0x8004010D),
        ActMsgE_NOT_ENOUGH_RESOURCES = unchecked((int)0x8004010E),
        ActMsgE_NOT_FOUND = unchecked((int)0x8004010F),
        ActMsgE_VERSION = unchecked((int)0x80040110),
        ActMsgE_LOGON_FAILED = unchecked((int)0x80040111),
        ActMsgE_SESSION_LIMIT = unchecked((int)0x80040112),
        ActMsgE_USER_CANCEL = unchecked((int)0x80040113),
        ActMsgE_UNABLE_TO_ABORT = unchecked((int)0x80040114),
        ActMsgE_NETWORK_ERROR = unchecked((int)0x80040115),
        ActMsgE_DISK_ERROR = unchecked((int)0x80040116),
        ActMsgE_TOO_COMPLEX = unchecked((int)0x80040117),
        ActMsgE_BAD_COLUMN = unchecked((int)0x80040118),
        ActMsgE_EXTENDED_ERROR = unchecked((int)0x80040119),
        ActMsgE_COMPUTED = unchecked((int)0x8004011A),
        ActMsgE_CORRUPT_DATA = unchecked((int)0x8004011B),
        ActMsgE_UNCONFIGURED = unchecked((int)0x8004011C),
        ActMsgE_FAILONEPROVIDER = unchecked((int)0x8004011D),
        ActMsgE_UNKNOWN_CPID = unchecked((int)0x8004011E),
        ActMsgE_UNKNOWN_LCID = unchecked((int)0x8004011F),
        ActMsgE_PASSWORD_CHANGE_REQUIRED = unchecked((int)0x80040120),
        ActMsgE_PASSWORD_EXPIRED = unchecked((int)0x80040121),
        ActMsgE_INVALID_WORKSTATION_ACCOUNT = unchecked((int)0x80040122),
        ActMsgE_INVALID_ACCESS_TIME = unchecked((int)0x80040123),
        ActMsgE_ACCOUNT_DISABLED = unchecked((int)0x80040124),
        ActMsgE_END_OF_SESSION = unchecked((int)0x80040200),
        ActMsgE_UNKNOWN_ENTRYID = unchecked((int)0x80040201),
        ActMsgE_MISSING_REQUIRED_COLUMN = unchecked((int)0x80040202),
        ActMsgE_BAD_VALUE = unchecked((int)0x80040301),
        ActMsgE_INVALID_TYPE = unchecked((int)0x80040302),
        ActMsgE_TYPE_NO_SUPPORT = unchecked((int)0x80040303),
        ActMsgE_UNEXPECTED_TYPE = unchecked((int)0x80040304),
        ActMsgE_TOO_BIG = unchecked((int)0x80040305),
        ActMsgE_DECLINE_COPY = unchecked((int)0x80040306),
        ActMsgE_UNEXPECTED_ID = unchecked((int)0x80040307),
        ActMsgE_UNABLE_TO_COMPLETE = unchecked((int)0x80040400),
        ActMsgE_TIMEOUT = unchecked((int)0x80040401),
        ActMsgE_TABLE_EMPTY = unchecked((int)0x80040402),
        ActMsgE_TABLE_TOO_BIG = unchecked((int)0x80040403),
        ActMsgE_INVALID_BOOKMARK = unchecked((int)0x80040405),
        ActMsgE_WAIT = unchecked((int)0x80040500),
        ActMsgE_CANCEL = unchecked((int)0x80040501),
        ActMsgE_NOT_ME = unchecked((int)0x80040502),
        ActMsgE_CORRUPT_STORE = unchecked((int)0x80040600),
        ActMsgE_NOT_IN_QUEUE = unchecked((int)0x80040601),
        ActMsgE_NO_SUPPRESS = unchecked((int)0x80040602),
        ActMsgE_COLLISION = unchecked((int)0x80040604),
        ActMsgE_NOT_INITIALIZED = unchecked((int)0x80040605),
        ActMsgE_NON_STANDARD = unchecked((int)0x80040606),
        ActMsgE_NO_RECIPIENTS = unchecked((int)0x80040607),
        ActMsgE_SUBMITTED = unchecked((int)0x80040608),
        ActMsgE_HAS_FOLDERS = unchecked((int)0x80040609),
        ActMsgE_HAS_MESSAGES = unchecked((int)0x8004060A),
        ActMsgE_FOLDER_CYCLE = unchecked((int)0x8004060B),
        ActMsgE_AMBIGUOUS_RECIP = unchecked((int)0x80040700),
        ActMsgW_NO_SERVICE = unchecked((int)0x00040203),
        ActMsgW_ERRORS_RETURNED = unchecked((int)0x00040380),
        ActMsgW_POSITION_CHANGED = unchecked((int)0x00040481),
        ActMsgW_APPROX_COUNT = unchecked((int)0x00040482),
        ActMsgW_CANCEL_MESSAGE = unchecked((int)0x00040580),
        ActMsgW_PARTIAL_COMPLETION = unchecked((int)0x00040680),
    }

    /// <summary>Old names of CDO constants</summary>
    public enum ActMsgPropTags
    {
        ActMsgPR_ACKNOWLEDGEMENT_MODE = unchecked((int)0x00010003),
        ActMsgPR_ALTERNATE_RECIPIENT_ALLOWED = unchecked((int)0x0002000B),
        ActMsgPR_AUTHORIZING_USERS = unchecked((int)0x00030102),
        ActMsgPR_AUTO_FORWARD_COMMENT = unchecked((int)0x0004001E),
        ActMsgPR_AUTO_FORWARD_COMMENT_W = unchecked((int)0x0004001F),
        ActMsgPR_AUTO_FORWARD_COMMENT_A = unchecked((int)0x0004001E),
        ActMsgPR_AUTO_FORWARDED = unchecked((int)0x0005000B),
        ActMsgPR_CONTENT_CONFIDENTIALITY_ALGORITHM_ID = unchecked((int)0x00060102),
        ActMsgPR_CONTENT_CORRELATOR = unchecked((int)0x00070102),
        ActMsgPR_CONTENT_IDENTIFIER = unchecked((int)0x0008001E),
        ActMsgPR_CONTENT_IDENTIFIER_W = unchecked((int)0x0008001F),
        ActMsgPR_CONTENT_IDENTIFIER_A = unchecked((int)0x0008001E),
        ActMsgPR_CONTENT_LENGTH = unchecked((int)0x00090003),
        ActMsgPR_CONTENT_RETURN_REQUESTED = unchecked((int)0x000A000B),
        ActMsgPR_CONVERSATION_KEY = unchecked((int)0x000B0102),
        ActMsgPR_CONVERSION_EITS = unchecked((int)0x000C0102),
        ActMsgPR_CONVERSION_WITH_LOSS_PROHIBITED = unchecked((int)0x000D000B),
        ActMsgPR_CONVERTED_EITS = unchecked((int)0x000E0102),
        ActMsgPR_DEFERRED_DELIVERY_TIME = unchecked((int)0x000F0040),
        ActMsgPR_DELIVER_TIME = unchecked((int)0x00100040),
        ActMsgPR_DISCARD_REASON = unchecked((int)0x00110003),
        ActMsgPR_DISCLOSURE_OF_RECIPIENTS = unchecked((int)0x0012000B),
        ActMsgPR_DL_EXPANSION_HISTORY = unchecked((int)0x00130102),
        ActMsgPR_DL_EXPANSION_PROHIBITED = unchecked((int)0x0014000B),
        ActMsgPR_EXPIRY_TIME = unchecked((int)0x00150040),
        ActMsgPR_IMPLICIT_CONVERSION_PROHIBITED = unchecked((int)0x0016000B),
        ActMsgPR_IMPORTANCE = unchecked((int)0x00170003),
        ActMsgPR_IPM_ID = unchecked((int)0x00180102),
        ActMsgPR_LATEST_DELIVERY_TIME = unchecked((int)0x00190040),
        ActMsgPR_MESSAGE_CLASS = unchecked((int)0x001A001E),
        ActMsgPR_MESSAGE_CLASS_W = unchecked((int)0x001A001F),
        ActMsgPR_MESSAGE_CLASS_A = unchecked((int)0x001A001E),
        ActMsgPR_MESSAGE_DELIVERY_ID = unchecked((int)0x001B0102),
        ActMsgPR_MESSAGE_SECURITY_LABEL = unchecked((int)0x001E0102),
        ActMsgPR_OBSOLETED_IPMS = unchecked((int)0x001F0102),
        ActMsgPR_ORIGINALLY_INTENDED_RECIPIENT_NAME = unchecked((int)0x00200102),
        ActMsgPR_ORIGINAL_EITS = unchecked((int)0x00210102),
        ActMsgPR_ORIGINATOR_CERTIFICATE = unchecked((int)0x00220102),
        ActMsgPR_ORIGINATOR_DELIVERY_REPORT_REQUESTED = unchecked((int)0x0023000B),
        ActMsgPR_ORIGINATOR_RETURN_ADDRESS = unchecked((int)0x00240102),
        ActMsgPR_PARENT_KEY = unchecked((int)0x00250102),
        ActMsgPR_PRIORITY = unchecked((int)0x00260003),
        ActMsgPR_ORIGIN_CHECK = unchecked((int)0x00270102),
        ActMsgPR_PROOF_OF_SUBMISSION_REQUESTED = unchecked((int)0x0028000B),
        ActMsgPR_READ_RECEIPT_REQUESTED = unchecked((int)0x0029000B),
        ActMsgPR_RECEIPT_TIME = unchecked((int)0x002A0040),
        ActMsgPR_RECIPIENT_REASSIGNMENT_PROHIBITED = unchecked((int)0x002B000B),
        ActMsgPR_REDIRECTION_HISTORY = unchecked((int)0x002C0102),
        ActMsgPR_RELATED_IPMS = unchecked((int)0x002D0102),
        ActMsgPR_ORIGINAL_SENSITIVITY = unchecked((int)0x002E0003),
        ActMsgPR_LANGUAGES = unchecked((int)0x002F001E),
        ActMsgPR_LANGUAGES_W = unchecked((int)0x002F001F),
        ActMsgPR_LANGUAGES_A = unchecked((int)0x002F001E),
        ActMsgPR_REPLY_TIME = unchecked((int)0x00300040),
        ActMsgPR_REPORT_TAG = unchecked((int)0x00310102),
        ActMsgPR_REPORT_TIME = unchecked((int)0x00320040),
        ActMsgPR_RETURNED_IPM = unchecked((int)0x0033000B),
        ActMsgPR_SECURITY = unchecked((int)0x00340003),
        ActMsgPR_INCOMPLETE_COPY = unchecked((int)0x0035000B),
        ActMsgPR_SENSITIVITY = unchecked((int)0x00360003),
        ActMsgPR_SUBJECT = unchecked((int)0x0037001E),
        ActMsgPR_SUBJECT_W = unchecked((int)0x0037001F),
        ActMsgPR_SUBJECT_A = unchecked((int)0x0037001E),
        ActMsgPR_SUBJECT_IPM = unchecked((int)0x00380102),
        ActMsgPR_CLIENT_SUBMIT_TIME = unchecked((int)0x00390040),
        ActMsgPR_REPORT_NAME = unchecked((int)0x003A001E),
        ActMsgPR_REPORT_NAME_W = unchecked((int)0x003A001F),
        ActMsgPR_REPORT_NAME_A = unchecked((int)0x003A001E),
        ActMsgPR_SENT_REPRESENTING_SEARCH_KEY = unchecked((int)0x003B0102),
        ActMsgPR_X400_CONTENT_TYPE = unchecked((int)0x003C0102),
        ActMsgPR_SUBJECT_PREFIX = unchecked((int)0x003D001E),
        ActMsgPR_SUBJECT_PREFIX_W = unchecked((int)0x003D001F),
        ActMsgPR_SUBJECT_PREFIX_A = unchecked((int)0x003D001E),
        ActMsgPR_NON_RECEIPT_REASON = unchecked((int)0x003E0003),
        ActMsgPR_RECEIVED_BY_ENTRYID = unchecked((int)0x003F0102),
        ActMsgPR_RECEIVED_BY_NAME = unchecked((int)0x0040001E),
        ActMsgPR_RECEIVED_BY_NAME_W = unchecked((int)0x0040001F),
        ActMsgPR_RECEIVED_BY_NAME_A = unchecked((int)0x0040001E),
        ActMsgPR_SENT_REPRESENTING_ENTRYID = unchecked((int)0x00410102),
        ActMsgPR_SENT_REPRESENTING_NAME = unchecked((int)0x0042001E),
        ActMsgPR_SENT_REPRESENTING_NAME_W = unchecked((int)0x0042001F),
        ActMsgPR_SENT_REPRESENTING_NAME_A = unchecked((int)0x0042001E),
        ActMsgPR_RCVD_REPRESENTING_ENTRYID = unchecked((int)0x00430102),
        ActMsgPR_RCVD_REPRESENTING_NAME = unchecked((int)0x0044001E),
        ActMsgPR_RCVD_REPRESENTING_NAME_W = unchecked((int)0x0044001F),
        ActMsgPR_RCVD_REPRESENTING_NAME_A = unchecked((int)0x0044001E),
        ActMsgPR_REPORT_ENTRYID = unchecked((int)0x00450102),
        ActMsgPR_READ_RECEIPT_ENTRYID = unchecked((int)0x00460102),
        ActMsgPR_MESSAGE_SUBMISSION_ID = unchecked((int)0x00470102),
        ActMsgPR_PROVIDER_SUBMIT_TIME = unchecked((int)0x00480040),
        ActMsgPR_ORIGINAL_SUBJECT = unchecked((int)0x0049001E),
        ActMsgPR_ORIGINAL_SUBJECT_W = unchecked((int)0x0049001F),
        ActMsgPR_ORIGINAL_SUBJECT_A = unchecked((int)0x0049001E),
        ActMsgPR_DISC_VAL = unchecked((int)0x004A000B),
        ActMsgPR_ORIG_MESSAGE_CLASS = unchecked((int)0x004B001E),
        ActMsgPR_ORIG_MESSAGE_CLASS_W = unchecked((int)0x004B001F),
        ActMsgPR_ORIG_MESSAGE_CLASS_A = unchecked((int)0x004B001E),
        ActMsgPR_ORIGINAL_AUTHOR_ENTRYID = unchecked((int)0x004C0102),
        ActMsgPR_ORIGINAL_AUTHOR_NAME = unchecked((int)0x004D001E),
        ActMsgPR_ORIGINAL_AUTHOR_NAME_W = unchecked((int)0x004D001F),
        ActMsgPR_ORIGINAL_AUTHOR_NAME_A = unchecked((int)0x004D001E),
        ActMsgPR_ORIGINAL_SUBMIT_TIME = unchecked((int)0x004E0040),
        ActMsgPR_REPLY_RECIPIENT_ENTRIES = unchecked((int)0x004F0102),
        ActMsgPR_REPLY_RECIPIENT_NAMES = unchecked((int)0x0050001E),
        ActMsgPR_REPLY_RECIPIENT_NAMES_W = unchecked((int)0x0050001F),
        ActMsgPR_REPLY_RECIPIENT_NAMES_A = unchecked((int)0x0050001E),
        ActMsgPR_RECEIVED_BY_SEARCH_KEY = unchecked((int)0x00510102),
        ActMsgPR_RCVD_REPRESENTING_SEARCH_KEY = unchecked((int)0x00520102),
        ActMsgPR_READ_RECEIPT_SEARCH_KEY = unchecked((int)0x00530102),
        ActMsgPR_REPORT_SEARCH_KEY = unchecked((int)0x00540102),
        ActMsgPR_ORIGINAL_DELIVERY_TIME = unchecked((int)0x00550040),
        ActMsgPR_ORIGINAL_AUTHOR_SEARCH_KEY = unchecked((int)0x00560102),
        ActMsgPR_MESSAGE_TO_ME = unchecked((int)0x0057000B),
        ActMsgPR_MESSAGE_CC_ME = unchecked((int)0x0058000B),
        ActMsgPR_MESSAGE_RECIP_ME = unchecked((int)0x0059000B),
        ActMsgPR_ORIGINAL_SENDER_NAME = unchecked((int)0x005A001E),
        ActMsgPR_ORIGINAL_SENDER_NAME_W = unchecked((int)0x005A001F),
        ActMsgPR_ORIGINAL_SENDER_NAME_A = unchecked((int)0x005A001E),
        ActMsgPR_ORIGINAL_SENDER_ENTRYID = unchecked((int)0x005B0102),
        ActMsgPR_ORIGINAL_SENDER_SEARCH_KEY = unchecked((int)0x005C0102),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_NAME = unchecked((int)0x005D001E),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_NAME_W = unchecked((int)0x005D001F),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_NAME_A = unchecked((int)0x005D001E),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_ENTRYID = unchecked((int)0x005E0102),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_SEARCH_KEY = unchecked((int)0x005F0102),
        ActMsgPR_START_DATE = unchecked((int)0x00600040),
        ActMsgPR_END_DATE = unchecked((int)0x00610040),
        ActMsgPR_OWNER_APPT_ID = unchecked((int)0x00620003),
        ActMsgPR_RESPONSE_REQUESTED = unchecked((int)0x0063000B),
        ActMsgPR_SENT_REPRESENTING_ADDRTYPE = unchecked((int)0x0064001E),
        ActMsgPR_SENT_REPRESENTING_ADDRTYPE_W = unchecked((int)0x0064001F),
        ActMsgPR_SENT_REPRESENTING_ADDRTYPE_A = unchecked((int)0x0064001E),
        ActMsgPR_SENT_REPRESENTING_EMAIL_ADDRESS = unchecked((int)0x0065001E),
        ActMsgPR_SENT_REPRESENTING_EMAIL_ADDRESS_W = unchecked((int)0x0065001F),
        ActMsgPR_SENT_REPRESENTING_EMAIL_ADDRESS_A = unchecked((int)0x0065001E),
        ActMsgPR_ORIGINAL_SENDER_ADDRTYPE = unchecked((int)0x0066001E),
        ActMsgPR_ORIGINAL_SENDER_ADDRTYPE_W = unchecked((int)0x0066001F),
        ActMsgPR_ORIGINAL_SENDER_ADDRTYPE_A = unchecked((int)0x0066001E),
        ActMsgPR_ORIGINAL_SENDER_EMAIL_ADDRESS = unchecked((int)0x0067001E),
        ActMsgPR_ORIGINAL_SENDER_EMAIL_ADDRESS_W = unchecked((int)0x0067001F),
        ActMsgPR_ORIGINAL_SENDER_EMAIL_ADDRESS_A = unchecked((int)0x0067001E),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_ADDRTYPE = unchecked((int)0x0068001E),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_ADDRTYPE_W = unchecked((int)0x0068001F),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_ADDRTYPE_A = unchecked((int)0x0068001E),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_EMAIL_ADDRESS = unchecked((int)0x0069001E),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_EMAIL_ADDRESS_W = unchecked((int)0x0069001F),
        ActMsgPR_ORIGINAL_SENT_REPRESENTING_EMAIL_ADDRESS_A = unchecked((int)0x0069001E),
        ActMsgPR_CONVERSATION_TOPIC = unchecked((int)0x0070001E),
        ActMsgPR_CONVERSATION_TOPIC_W = unchecked((int)0x0070001F),
        ActMsgPR_CONVERSATION_TOPIC_A = unchecked((int)0x0070001E),
        ActMsgPR_CONVERSATION_INDEX = unchecked((int)0x00710102),
        ActMsgPR_ORIGINAL_DISPLAY_BCC = unchecked((int)0x0072001E),
        ActMsgPR_ORIGINAL_DISPLAY_BCC_W = unchecked((int)0x0072001F),
        ActMsgPR_ORIGINAL_DISPLAY_BCC_A = unchecked((int)0x0072001E),
        ActMsgPR_ORIGINAL_DISPLAY_CC = unchecked((int)0x0073001E),
        ActMsgPR_ORIGINAL_DISPLAY_CC_W = unchecked((int)0x0073001F),
        ActMsgPR_ORIGINAL_DISPLAY_CC_A = unchecked((int)0x0073001E),
        ActMsgPR_ORIGINAL_DISPLAY_TO = unchecked((int)0x0074001E),
        ActMsgPR_ORIGINAL_DISPLAY_TO_W = unchecked((int)0x0074001F),
        ActMsgPR_ORIGINAL_DISPLAY_TO_A = unchecked((int)0x0074001E),
        ActMsgPR_RECEIVED_BY_ADDRTYPE = unchecked((int)0x0075001E),
        ActMsgPR_RECEIVED_BY_ADDRTYPE_W = unchecked((int)0x0075001F),
        ActMsgPR_RECEIVED_BY_ADDRTYPE_A = unchecked((int)0x0075001E),
        ActMsgPR_RECEIVED_BY_EMAIL_ADDRESS = unchecked((int)0x0076001E),
        ActMsgPR_RECEIVED_BY_EMAIL_ADDRESS_W = unchecked((int)0x0076001F),
        ActMsgPR_RECEIVED_BY_EMAIL_ADDRESS_A = unchecked((int)0x0076001E),
        ActMsgPR_RCVD_REPRESENTING_ADDRTYPE = unchecked((int)0x0077001E),
        ActMsgPR_RCVD_REPRESENTING_ADDRTYPE_W = unchecked((int)0x0077001F),
        ActMsgPR_RCVD_REPRESENTING_ADDRTYPE_A = unchecked((int)0x0077001E),
        ActMsgPR_RCVD_REPRESENTING_EMAIL_ADDRESS = unchecked((int)0x0078001E),
        ActMsgPR_RCVD_REPRESENTING_EMAIL_ADDRESS_W = unchecked((int)0x0078001F),
        ActMsgPR_RCVD_REPRESENTING_EMAIL_ADDRESS_A = unchecked((int)0x0078001E),
        ActMsgPR_ORIGINAL_AUTHOR_ADDRTYPE = unchecked((int)0x0079001E),
        ActMsgPR_ORIGINAL_AUTHOR_ADDRTYPE_W = unchecked((int)0x0079001F),
        ActMsgPR_ORIGINAL_AUTHOR_ADDRTYPE_A = unchecked((int)0x0079001E),
        ActMsgPR_ORIGINAL_AUTHOR_EMAIL_ADDRESS = unchecked((int)0x007A001E),
        ActMsgPR_ORIGINAL_AUTHOR_EMAIL_ADDRESS_W = unchecked((int)0x007A001F),
        ActMsgPR_ORIGINAL_AUTHOR_EMAIL_ADDRESS_A = unchecked((int)0x007A001E),
        ActMsgPR_ORIGINALLY_INTENDED_RECIP_ADDRTYPE = unchecked((int)0x007B001E),
        ActMsgPR_ORIGINALLY_INTENDED_RECIP_ADDRTYPE_W = unchecked((int)0x007B001F),
        ActMsgPR_ORIGINALLY_INTENDED_RECIP_ADDRTYPE_A = unchecked((int)0x007B001E),
        ActMsgPR_ORIGINALLY_INTENDED_RECIP_EMAIL_ADDRESS = unchecked((int)0x007C001E),
        ActMsgPR_ORIGINALLY_INTENDED_RECIP_EMAIL_ADDRESS_W = unchecked((int)0x007C001F),
        ActMsgPR_ORIGINALLY_INTENDED_RECIP_EMAIL_ADDRESS_A = unchecked((int)0x007C001E),
        ActMsgPR_TRANSPORT_MESSAGE_HEADERS = unchecked((int)0x007D001E),
        ActMsgPR_TRANSPORT_MESSAGE_HEADERS_W = unchecked((int)0x007D001F),
        ActMsgPR_TRANSPORT_MESSAGE_HEADERS_A = unchecked((int)0x007D001E),
        ActMsgPR_DELEGATION = unchecked((int)0x007E0102),
        ActMsgPR_TNEF_CORRELATION_KEY = unchecked((int)0x007F0102),
        ActMsgPR_CONTENT_INTEGRITY_CHECK = unchecked((int)0x0C000102),
        ActMsgPR_EXPLICIT_CONVERSION = unchecked((int)0x0C010003),
        ActMsgPR_IPM_RETURN_REQUESTED = unchecked((int)0x0C02000B),
        ActMsgPR_MESSAGE_TOKEN = unchecked((int)0x0C030102),
        ActMsgPR_NDR_REASON_CODE = unchecked((int)0x0C040003),
        ActMsgPR_NDR_DIAG_CODE = unchecked((int)0x0C050003),
        ActMsgPR_NON_RECEIPT_NOTIFICATION_REQUESTED = unchecked((int)0x0C06000B),
        ActMsgPR_DELIVERY_POINT = unchecked((int)0x0C070003),
        ActMsgPR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED = unchecked((int)0x0C08000B),
        ActMsgPR_ORIGINATOR_REQUESTED_ALTERNATE_RECIPIENT = unchecked((int)0x0C090102),
        ActMsgPR_PHYSICAL_DELIVERY_BUREAU_FAX_DELIVERY = unchecked((int)0x0C0A000B),
        ActMsgPR_PHYSICAL_DELIVERY_MODE = unchecked((int)0x0C0B0003),
        ActMsgPR_PHYSICAL_DELIVERY_REPORT_REQUEST = unchecked((int)0x0C0C0003),
        ActMsgPR_PHYSICAL_FORWARDING_ADDRESS = unchecked((int)0x0C0D0102),
        ActMsgPR_PHYSICAL_FORWARDING_ADDRESS_REQUESTED = unchecked((int)0x0C0E000B),
        ActMsgPR_PHYSICAL_FORWARDING_PROHIBITED = unchecked((int)0x0C0F000B),
        ActMsgPR_PHYSICAL_RENDITION_ATTRIBUTES = unchecked((int)0x0C100102),
        ActMsgPR_PROOF_OF_DELIVERY = unchecked((int)0x0C110102),
        ActMsgPR_PROOF_OF_DELIVERY_REQUESTED = unchecked((int)0x0C12000B),
        ActMsgPR_RECIPIENT_CERTIFICATE = unchecked((int)0x0C130102),
        ActMsgPR_RECIPIENT_NUMBER_FOR_ADVICE = unchecked((int)0x0C14001E),
        ActMsgPR_RECIPIENT_NUMBER_FOR_ADVICE_W = unchecked((int)0x0C14001F),
        ActMsgPR_RECIPIENT_NUMBER_FOR_ADVICE_A = unchecked((int)0x0C14001E),
        ActMsgPR_RECIPIENT_TYPE = unchecked((int)0x0C150003),
        ActMsgPR_REGISTERED_MAIL_TYPE = unchecked((int)0x0C160003),
        ActMsgPR_REPLY_REQUESTED = unchecked((int)0x0C17000B),
        ActMsgPR_REQUESTED_DELIVERY_METHOD = unchecked((int)0x0C180003),
        ActMsgPR_SENDER_ENTRYID = unchecked((int)0x0C190102),
        ActMsgPR_SENDER_NAME = unchecked((int)0x0C1A001E),
        ActMsgPR_SENDER_NAME_W = unchecked((int)0x0C1A001F),
        ActMsgPR_SENDER_NAME_A = unchecked((int)0x0C1A001E),
        ActMsgPR_SUPPLEMENTARY_INFO = unchecked((int)0x0C1B001E),
        ActMsgPR_SUPPLEMENTARY_INFO_W = unchecked((int)0x0C1B001F),
        ActMsgPR_SUPPLEMENTARY_INFO_A = unchecked((int)0x0C1B001E),
        ActMsgPR_TYPE_OF_MTS_USER = unchecked((int)0x0C1C0003),
        ActMsgPR_SENDER_SEARCH_KEY = unchecked((int)0x0C1D0102),
        ActMsgPR_SENDER_ADDRTYPE = unchecked((int)0x0C1E001E),
        ActMsgPR_SENDER_ADDRTYPE_W = unchecked((int)0x0C1E001F),
        ActMsgPR_SENDER_ADDRTYPE_A = unchecked((int)0x0C1E001E),
        ActMsgPR_SENDER_EMAIL_ADDRESS = unchecked((int)0x0C1F001E),
        ActMsgPR_SENDER_EMAIL_ADDRESS_W = unchecked((int)0x0C1F001F),
        ActMsgPR_SENDER_EMAIL_ADDRESS_A = unchecked((int)0x0C1F001E),
        ActMsgPR_CURRENT_VERSION = unchecked((int)0x0E000014),
        ActMsgPR_DELETE_AFTER_SUBMIT = unchecked((int)0x0E01000B),
        ActMsgPR_DISPLAY_BCC = unchecked((int)0x0E02001E),
        ActMsgPR_DISPLAY_BCC_W = unchecked((int)0x0E02001F),
        ActMsgPR_DISPLAY_BCC_A = unchecked((int)0x0E02001E),
        ActMsgPR_DISPLAY_CC = unchecked((int)0x0E03001E),
        ActMsgPR_DISPLAY_CC_W = unchecked((int)0x0E03001F),
        ActMsgPR_DISPLAY_CC_A = unchecked((int)0x0E03001E),
        ActMsgPR_DISPLAY_TO = unchecked((int)0x0E04001E),
        ActMsgPR_DISPLAY_TO_W = unchecked((int)0x0E04001F),
        ActMsgPR_DISPLAY_TO_A = unchecked((int)0x0E04001E),
        ActMsgPR_PARENT_DISPLAY = unchecked((int)0x0E05001E),
        ActMsgPR_PARENT_DISPLAY_W = unchecked((int)0x0E05001F),
        ActMsgPR_PARENT_DISPLAY_A = unchecked((int)0x0E05001E),
        ActMsgPR_MESSAGE_DELIVERY_TIME = unchecked((int)0x0E060040),
        ActMsgPR_MESSAGE_FLAGS = unchecked((int)0x0E070003),
        ActMsgPR_MESSAGE_SIZE = unchecked((int)0x0E080003),
        ActMsgPR_PARENT_ENTRYID = unchecked((int)0x0E090102),
        ActMsgPR_SENTMAIL_ENTRYID = unchecked((int)0x0E0A0102),
        ActMsgPR_CORRELATE = unchecked((int)0x0E0C000B),
        ActMsgPR_CORRELATE_MTSID = unchecked((int)0x0E0D0102),
        ActMsgPR_DISCRETE_VALUES = unchecked((int)0x0E0E000B),
        ActMsgPR_RESPONSIBILITY = unchecked((int)0x0E0F000B),
        ActMsgPR_SPOOLER_STATUS = unchecked((int)0x0E100003),
        ActMsgPR_TRANSPORT_STATUS = unchecked((int)0x0E110003),
        ActMsgPR_MESSAGE_RECIPIENTS = unchecked((int)0x0E12000D),
        ActMsgPR_MESSAGE_ATTACHMENTS = unchecked((int)0x0E13000D),
        ActMsgPR_SUBMIT_FLAGS = unchecked((int)0x0E140003),
        ActMsgPR_RECIPIENT_STATUS = unchecked((int)0x0E150003),
        ActMsgPR_TRANSPORT_KEY = unchecked((int)0x0E160003),
        ActMsgPR_MSG_STATUS = unchecked((int)0x0E170003),
        ActMsgPR_MESSAGE_DOWNLOAD_TIME = unchecked((int)0x0E180003),
        ActMsgPR_CREATION_VERSION = unchecked((int)0x0E190014),
        ActMsgPR_MODIFY_VERSION = unchecked((int)0x0E1A0014),
        ActMsgPR_HASATTACH = unchecked((int)0x0E1B000B),
        ActMsgPR_BODY_CRC = unchecked((int)0x0E1C0003),
        ActMsgPR_NORMALIZED_SUBJECT = unchecked((int)0x0E1D001E),
        ActMsgPR_NORMALIZED_SUBJECT_W = unchecked((int)0x0E1D001F),
        ActMsgPR_NORMALIZED_SUBJECT_A = unchecked((int)0x0E1D001E),
        ActMsgPR_RTF_IN_SYNC = unchecked((int)0x0E1F000B),
        ActMsgPR_ATTACH_SIZE = unchecked((int)0x0E200003),
        ActMsgPR_ATTACH_NUM = unchecked((int)0x0E210003),
        ActMsgPR_PREPROCESS = unchecked((int)0x0E22000B),
        ActMsgPR_INTERNET_ARTICLE_NUMBER = unchecked((int)0x0E230003),
        ActMsgPR_NEWSGROUP_NAME = unchecked((int)0x0E24001E),
        ActMsgPR_NEWSGROUP_NAME_W = unchecked((int)0x0E24001F),
        ActMsgPR_NEWSGROUP_NAME_A = unchecked((int)0x0E24001E),
        ActMsgPR_ORIGINATING_MTA_CERTIFICATE = unchecked((int)0x0E250102),
        ActMsgPR_PROOF_OF_SUBMISSION = unchecked((int)0x0E260102),
        ActMsgPR_ACCESS = unchecked((int)0x0FF40003),
        ActMsgPR_ROW_TYPE = unchecked((int)0x0FF50003),
        ActMsgPR_INSTANCE_KEY = unchecked((int)0x0FF60102),
        ActMsgPR_ACCESS_LEVEL = unchecked((int)0x0FF70003),
        ActMsgPR_MAPPING_SIGNATURE = unchecked((int)0x0FF80102),
        ActMsgPR_RECORD_KEY = unchecked((int)0x0FF90102),
        ActMsgPR_STORE_RECORD_KEY = unchecked((int)0x0FFA0102),
        ActMsgPR_STORE_ENTRYID = unchecked((int)0x0FFB0102),
        ActMsgPR_MINI_ICON = unchecked((int)0x0FFC0102),
        ActMsgPR_ICON = unchecked((int)0x0FFD0102),
        ActMsgPR_OBJECT_TYPE = unchecked((int)0x0FFE0003),
        ActMsgPR_ENTRYID = unchecked((int)0x0FFF0102),
        ActMsgPR_BODY = unchecked((int)0x1000001E),
        ActMsgPR_BODY_W = unchecked((int)0x1000001F),
        ActMsgPR_BODY_A = unchecked((int)0x1000001E),
        ActMsgPR_REPORT_TEXT = unchecked((int)0x1001001E),
        ActMsgPR_REPORT_TEXT_W = unchecked((int)0x1001001F),
        ActMsgPR_REPORT_TEXT_A = unchecked((int)0x1001001E),
        ActMsgPR_ORIGINATOR_AND_DL_EXPANSION_HISTORY = unchecked((int)0x10020102),
        ActMsgPR_REPORTING_DL_NAME = unchecked((int)0x10030102),
        ActMsgPR_REPORTING_MTA_CERTIFICATE = unchecked((int)0x10040102),
        ActMsgPR_RTF_SYNC_BODY_CRC = unchecked((int)0x10060003),
        ActMsgPR_RTF_SYNC_BODY_COUNT = unchecked((int)0x10070003),
        ActMsgPR_RTF_SYNC_BODY_TAG = unchecked((int)0x1008001E),
        ActMsgPR_RTF_SYNC_BODY_TAG_W = unchecked((int)0x1008001F),
        ActMsgPR_RTF_SYNC_BODY_TAG_A = unchecked((int)0x1008001E),
        ActMsgPR_RTF_COMPRESSED = unchecked((int)0x10090102),
        ActMsgPR_RTF_SYNC_PREFIX_COUNT = unchecked((int)0x10100003),
        ActMsgPR_RTF_SYNC_TRAILING_COUNT = unchecked((int)0x10110003),
        ActMsgPR_ORIGINALLY_INTENDED_RECIP_ENTRYID = unchecked((int)0x10120102),
        ActMsgPR_INTERNET_APPROVED = unchecked((int)0x1030001E),
        ActMsgPR_INTERNET_APPROVED_W = unchecked((int)0x1030001F),
        ActMsgPR_INTERNET_APPROVED_A = unchecked((int)0x1030001E),
        ActMsgPR_INTERNET_CONTROL = unchecked((int)0x1031001E),
        ActMsgPR_INTERNET_CONTROL_W = unchecked((int)0x1031001F),
        ActMsgPR_INTERNET_CONTROL_A = unchecked((int)0x1031001E),
        ActMsgPR_INTERNET_DISTRIBUTION = unchecked((int)0x1032001E),
        ActMsgPR_INTERNET_DISTRIBUTION_W = unchecked((int)0x1032001F),
        ActMsgPR_INTERNET_DISTRIBUTION_A = unchecked((int)0x1032001E),
        ActMsgPR_INTERNET_FOLLOWUP_TO = unchecked((int)0x1033001E),
        ActMsgPR_INTERNET_FOLLOWUP_TO_W = unchecked((int)0x1033001F),
        ActMsgPR_INTERNET_FOLLOWUP_TO_A = unchecked((int)0x1033001E),
        ActMsgPR_INTERNET_LINES = unchecked((int)0x10340003),
        ActMsgPR_INTERNET_MESSAGE_ID = unchecked((int)0x1035001E),
        ActMsgPR_INTERNET_MESSAGE_ID_W = unchecked((int)0x1035001F),
        ActMsgPR_INTERNET_MESSAGE_ID_A = unchecked((int)0x1035001E),
        ActMsgPR_INTERNET_NEWSGROUPS = unchecked((int)0x1036001E),
        ActMsgPR_INTERNET_NEWSGROUPS_W = unchecked((int)0x1036001F),
        ActMsgPR_INTERNET_NEWSGROUPS_A = unchecked((int)0x1036001E),
        ActMsgPR_INTERNET_ORGANIZATION = unchecked((int)0x1037001E),
        ActMsgPR_INTERNET_ORGANIZATION_W = unchecked((int)0x1037001F),
        ActMsgPR_INTERNET_ORGANIZATION_A = unchecked((int)0x1037001E),
        ActMsgPR_INTERNET_NNTP_PATH = unchecked((int)0x1038001E),
        ActMsgPR_INTERNET_NNTP_PATH_W = unchecked((int)0x1038001F),
        ActMsgPR_INTERNET_NNTP_PATH_A = unchecked((int)0x1038001E),
        ActMsgPR_INTERNET_REFERENCES = unchecked((int)0x1039001E),
        ActMsgPR_INTERNET_REFERENCES_W = unchecked((int)0x1039001F),
        ActMsgPR_INTERNET_REFERENCES_A = unchecked((int)0x1039001E),
        ActMsgPR_SUPERSEDES = unchecked((int)0x103A001E),
        ActMsgPR_SUPERSEDES_W = unchecked((int)0x103A001F),
        ActMsgPR_SUPERSEDES_A = unchecked((int)0x103A001E),
        ActMsgPR_POST_FOLDER_ENTRIES = unchecked((int)0x103B0102),
        ActMsgPR_POST_FOLDER_NAMES = unchecked((int)0x103C001E),
        ActMsgPR_POST_FOLDER_NAMES_W = unchecked((int)0x103C001F),
        ActMsgPR_POST_FOLDER_NAMES_A = unchecked((int)0x103C001E),
        ActMsgPR_POST_REPLY_FOLDER_ENTRIES = unchecked((int)0x103D0102),
        ActMsgPR_POST_REPLY_FOLDER_NAMES = unchecked((int)0x103E001E),
        ActMsgPR_POST_REPLY_FOLDER_NAMES_W = unchecked((int)0x103E001F),
        ActMsgPR_POST_REPLY_FOLDER_NAMES_A = unchecked((int)0x103E001E),
        ActMsgPR_POST_REPLY_DENIED = unchecked((int)0x103F0102),
        ActMsgPR_NNTP_XREF = unchecked((int)0x1040001E),
        ActMsgPR_NNTP_XREF_W = unchecked((int)0x1040001F),
        ActMsgPR_NNTP_XREF_A = unchecked((int)0x1040001E),
        ActMsgPR_INTERNET_PRECEDENCE = unchecked((int)0x1041001E),
        ActMsgPR_INTERNET_PRECEDENCE_W = unchecked((int)0x1041001F),
        ActMsgPR_INTERNET_PRECEDENCE_A = unchecked((int)0x1041001E),
        ActMsgPR_ROWID = unchecked((int)0x30000003),
        ActMsgPR_DISPLAY_NAME = unchecked((int)0x3001001E),
        ActMsgPR_DISPLAY_NAME_W = unchecked((int)0x3001001F),
        ActMsgPR_DISPLAY_NAME_A = unchecked((int)0x3001001E),
        ActMsgPR_ADDRTYPE = unchecked((int)0x3002001E),
        ActMsgPR_ADDRTYPE_W = unchecked((int)0x3002001F),
        ActMsgPR_ADDRTYPE_A = unchecked((int)0x3002001E),
        ActMsgPR_EMAIL_ADDRESS = unchecked((int)0x3003001E),
        ActMsgPR_EMAIL_ADDRESS_W = unchecked((int)0x3003001F),
        ActMsgPR_EMAIL_ADDRESS_A = unchecked((int)0x3003001E),
        ActMsgPR_COMMENT = unchecked((int)0x3004001E),
        ActMsgPR_COMMENT_W = unchecked((int)0x3004001F),
        ActMsgPR_COMMENT_A = unchecked((int)0x3004001E),
        ActMsgPR_DEPTH = unchecked((int)0x30050003),
        ActMsgPR_PROVIDER_DISPLAY = unchecked((int)0x3006001E),
        ActMsgPR_PROVIDER_DISPLAY_W = unchecked((int)0x3006001F),
        ActMsgPR_PROVIDER_DISPLAY_A = unchecked((int)0x3006001E),
        ActMsgPR_CREATION_TIME = unchecked((int)0x30070040),
        ActMsgPR_LAST_MODIFICATION_TIME = unchecked((int)0x30080040),
        ActMsgPR_RESOURCE_FLAGS = unchecked((int)0x30090003),
        ActMsgPR_PROVIDER_DLL_NAME = unchecked((int)0x300A001E),
        ActMsgPR_PROVIDER_DLL_NAME_W = unchecked((int)0x300A001F),
        ActMsgPR_PROVIDER_DLL_NAME_A = unchecked((int)0x300A001E),
        ActMsgPR_SEARCH_KEY = unchecked((int)0x300B0102),
        ActMsgPR_PROVIDER_UID = unchecked((int)0x300C0102),
        ActMsgPR_PROVIDER_ORDINAL = unchecked((int)0x300D0003),
        ActMsgPR_FORM_VERSION = unchecked((int)0x3301001E),
        ActMsgPR_FORM_VERSION_W = unchecked((int)0x3301001F),
        ActMsgPR_FORM_VERSION_A = unchecked((int)0x3301001E),
        ActMsgPR_FORM_CLSID = unchecked((int)0x33020048),
        ActMsgPR_FORM_CONTACT_NAME = unchecked((int)0x3303001E),
        ActMsgPR_FORM_CONTACT_NAME_W = unchecked((int)0x3303001F),
        ActMsgPR_FORM_CONTACT_NAME_A = unchecked((int)0x3303001E),
        ActMsgPR_FORM_CATEGORY = unchecked((int)0x3304001E),
        ActMsgPR_FORM_CATEGORY_W = unchecked((int)0x3304001F),
        ActMsgPR_FORM_CATEGORY_A = unchecked((int)0x3304001E),
        ActMsgPR_FORM_CATEGORY_SUB = unchecked((int)0x3305001E),
        ActMsgPR_FORM_CATEGORY_SUB_W = unchecked((int)0x3305001F),
        ActMsgPR_FORM_CATEGORY_SUB_A = unchecked((int)0x3305001E),
        ActMsgPR_FORM_HOST_MAP = unchecked((int)0x33061003),
        ActMsgPR_FORM_HIDDEN = unchecked((int)0x3307000B),
        ActMsgPR_FORM_DESIGNER_NAME = unchecked((int)0x3308001E),
        ActMsgPR_FORM_DESIGNER_NAME_W = unchecked((int)0x3308001F),
        ActMsgPR_FORM_DESIGNER_NAME_A = unchecked((int)0x3308001E),
        ActMsgPR_FORM_DESIGNER_GUID = unchecked((int)0x33090048),
        ActMsgPR_FORM_MESSAGE_BEHAVIOR = unchecked((int)0x330A0003),
        ActMsgPR_DEFAULT_STORE = unchecked((int)0x3400000B),
        ActMsgPR_STORE_SUPPORT_MASK = unchecked((int)0x340D0003),
        ActMsgPR_STORE_STATE = unchecked((int)0x340E0003),
        ActMsgPR_IPM_SUBTREE_SEARCH_KEY = unchecked((int)0x34100102),
        ActMsgPR_IPM_OUTBOX_SEARCH_KEY = unchecked((int)0x34110102),
        ActMsgPR_IPM_WASTEBASKET_SEARCH_KEY = unchecked((int)0x34120102),
        ActMsgPR_IPM_SENTMAIL_SEARCH_KEY = unchecked((int)0x34130102),
        ActMsgPR_MDB_PROVIDER = unchecked((int)0x34140102),
        ActMsgPR_RECEIVE_FOLDER_SETTINGS = unchecked((int)0x3415000D),
        ActMsgPR_VALID_FOLDER_MASK = unchecked((int)0x35DF0003),
        ActMsgPR_IPM_SUBTREE_ENTRYID = unchecked((int)0x35E00102),
        ActMsgPR_IPM_OUTBOX_ENTRYID = unchecked((int)0x35E20102),
        ActMsgPR_IPM_WASTEBASKET_ENTRYID = unchecked((int)0x35E30102),
        ActMsgPR_IPM_SENTMAIL_ENTRYID = unchecked((int)0x35E40102),
        ActMsgPR_VIEWS_ENTRYID = unchecked((int)0x35E50102),
        ActMsgPR_COMMON_VIEWS_ENTRYID = unchecked((int)0x35E60102),
        ActMsgPR_FINDER_ENTRYID = unchecked((int)0x35E70102),
        ActMsgPR_CONTAINER_FLAGS = unchecked((int)0x36000003),
        ActMsgPR_FOLDER_TYPE = unchecked((int)0x36010003),
        ActMsgPR_CONTENT_COUNT = unchecked((int)0x36020003),
        ActMsgPR_CONTENT_UNREAD = unchecked((int)0x36030003),
        ActMsgPR_CREATE_TEMPLATES = unchecked((int)0x3604000D),
        ActMsgPR_DETAILS_TABLE = unchecked((int)0x3605000D),
        ActMsgPR_SEARCH = unchecked((int)0x3607000D),
        ActMsgPR_SELECTABLE = unchecked((int)0x3609000B),
        ActMsgPR_SUBFOLDERS = unchecked((int)0x360A000B),
        ActMsgPR_STATUS = unchecked((int)0x360B0003),
        ActMsgPR_ANR = unchecked((int)0x360C001E),
        ActMsgPR_ANR_W = unchecked((int)0x360C001F),
        ActMsgPR_ANR_A = unchecked((int)0x360C001E),
        ActMsgPR_CONTENTS_SORT_ORDER = unchecked((int)0x360D1003),
        ActMsgPR_CONTAINER_HIERARCHY = unchecked((int)0x360E000D),
        ActMsgPR_CONTAINER_CONTENTS = unchecked((int)0x360F000D),
        ActMsgPR_FOLDER_ASSOCIATED_CONTENTS = unchecked((int)0x3610000D),
        ActMsgPR_DEF_CREATE_DL = unchecked((int)0x36110102),
        ActMsgPR_DEF_CREATE_MAILUSER = unchecked((int)0x36120102),
        ActMsgPR_CONTAINER_CLASS = unchecked((int)0x3613001E),
        ActMsgPR_CONTAINER_CLASS_W = unchecked((int)0x3613001F),
        ActMsgPR_CONTAINER_CLASS_A = unchecked((int)0x3613001E),
        ActMsgPR_CONTAINER_MODIFY_VERSION = unchecked((int)0x36140014),
        ActMsgPR_AB_PROVIDER_ID = unchecked((int)0x36150102),
        ActMsgPR_DEFAULT_VIEW_ENTRYID = unchecked((int)0x36160102),
        ActMsgPR_ASSOC_CONTENT_COUNT = unchecked((int)0x36170003),
        ActMsgPR_ATTACHMENT_X400_PARAMETERS = unchecked((int)0x37000102),
        ActMsgPR_ATTACH_DATA_BIN = unchecked((int)0x37010102),
        ActMsgPR_ATTACH_DATA_OBJ = unchecked((int)0x3701000D),
        ActMsgPR_ATTACH_ENCODING = unchecked((int)0x37020102),
        ActMsgPR_ATTACH_EXTENSION = unchecked((int)0x3703001E),
        ActMsgPR_ATTACH_EXTENSION_W = unchecked((int)0x3703001F),
        ActMsgPR_ATTACH_EXTENSION_A = unchecked((int)0x3703001E),
        ActMsgPR_ATTACH_FILENAME = unchecked((int)0x3704001E),
        ActMsgPR_ATTACH_FILENAME_W = unchecked((int)0x3704001F),
        ActMsgPR_ATTACH_FILENAME_A = unchecked((int)0x3704001E),
        ActMsgPR_ATTACH_METHOD = unchecked((int)0x37050003),
        ActMsgPR_ATTACH_LONG_FILENAME = unchecked((int)0x3707001E),
        ActMsgPR_ATTACH_LONG_FILENAME_W = unchecked((int)0x3707001F),
        ActMsgPR_ATTACH_LONG_FILENAME_A = unchecked((int)0x3707001E),
        ActMsgPR_ATTACH_PATHNAME = unchecked((int)0x3708001E),
        ActMsgPR_ATTACH_PATHNAME_W = unchecked((int)0x3708001F),
        ActMsgPR_ATTACH_PATHNAME_A = unchecked((int)0x3708001E),
        ActMsgPR_ATTACH_RENDERING = unchecked((int)0x37090102),
        ActMsgPR_ATTACH_TAG = unchecked((int)0x370A0102),
        ActMsgPR_RENDERING_POSITION = unchecked((int)0x370B0003),
        ActMsgPR_ATTACH_TRANSPORT_NAME = unchecked((int)0x370C001E),
        ActMsgPR_ATTACH_TRANSPORT_NAME_W = unchecked((int)0x370C001F),
        ActMsgPR_ATTACH_TRANSPORT_NAME_A = unchecked((int)0x370C001E),
        ActMsgPR_ATTACH_LONG_PATHNAME = unchecked((int)0x370D001E),
        ActMsgPR_ATTACH_LONG_PATHNAME_W = unchecked((int)0x370D001F),
        ActMsgPR_ATTACH_LONG_PATHNAME_A = unchecked((int)0x370D001E),
        ActMsgPR_ATTACH_MIME_TAG = unchecked((int)0x370E001E),
        ActMsgPR_ATTACH_MIME_TAG_W = unchecked((int)0x370E001F),
        ActMsgPR_ATTACH_MIME_TAG_A = unchecked((int)0x370E001E),
        ActMsgPR_ATTACH_ADDITIONAL_INFO = unchecked((int)0x370F0102),
        ActMsgPR_DISPLAY_TYPE = unchecked((int)0x39000003),
        ActMsgPR_TEMPLATEID = unchecked((int)0x39020102),
        ActMsgPR_PRIMARY_CAPABILITY = unchecked((int)0x39040102),
        ActMsgPR_7BIT_DISPLAY_NAME = unchecked((int)0x39FF001E),
        ActMsgPR_ACCOUNT = unchecked((int)0x3A00001E),
        ActMsgPR_ACCOUNT_W = unchecked((int)0x3A00001F),
        ActMsgPR_ACCOUNT_A = unchecked((int)0x3A00001E),
        ActMsgPR_ALTERNATE_RECIPIENT = unchecked((int)0x3A010102),
        ActMsgPR_CALLBACK_TELEPHONE_NUMBER = unchecked((int)0x3A02001E),
        ActMsgPR_CALLBACK_TELEPHONE_NUMBER_W = unchecked((int)0x3A02001F),
        ActMsgPR_CALLBACK_TELEPHONE_NUMBER_A = unchecked((int)0x3A02001E),
        ActMsgPR_CONVERSION_PROHIBITED = unchecked((int)0x3A03000B),
        ActMsgPR_DISCLOSE_RECIPIENTS = unchecked((int)0x3A04000B),
        ActMsgPR_GENERATION = unchecked((int)0x3A05001E),
        ActMsgPR_GENERATION_W = unchecked((int)0x3A05001F),
        ActMsgPR_GENERATION_A = unchecked((int)0x3A05001E),
        ActMsgPR_GIVEN_NAME = unchecked((int)0x3A06001E),
        ActMsgPR_GIVEN_NAME_W = unchecked((int)0x3A06001F),
        ActMsgPR_GIVEN_NAME_A = unchecked((int)0x3A06001E),
        ActMsgPR_GOVERNMENT_ID_NUMBER = unchecked((int)0x3A07001E),
        ActMsgPR_GOVERNMENT_ID_NUMBER_W = unchecked((int)0x3A07001F),
        ActMsgPR_GOVERNMENT_ID_NUMBER_A = unchecked((int)0x3A07001E),
        ActMsgPR_BUSINESS_TELEPHONE_NUMBER = unchecked((int)0x3A08001E),
        ActMsgPR_BUSINESS_TELEPHONE_NUMBER_W = unchecked((int)0x3A08001F),
        ActMsgPR_BUSINESS_TELEPHONE_NUMBER_A = unchecked((int)0x3A08001E),
        ActMsgPR_OFFICE_TELEPHONE_NUMBER = unchecked((int)0x3A08001E),
        ActMsgPR_OFFICE_TELEPHONE_NUMBER_W = unchecked((int)0x3A08001F),
        ActMsgPR_OFFICE_TELEPHONE_NUMBER_A = unchecked((int)0x3A08001E),
        ActMsgPR_HOME_TELEPHONE_NUMBER = unchecked((int)0x3A09001E),
        ActMsgPR_HOME_TELEPHONE_NUMBER_W = unchecked((int)0x3A09001F),
        ActMsgPR_HOME_TELEPHONE_NUMBER_A = unchecked((int)0x3A09001E),
        ActMsgPR_INITIALS = unchecked((int)0x3A0A001E),
        ActMsgPR_INITIALS_W = unchecked((int)0x3A0A001F),
        ActMsgPR_INITIALS_A = unchecked((int)0x3A0A001E),
        ActMsgPR_KEYWORD = unchecked((int)0x3A0B001E),
        ActMsgPR_KEYWORD_W = unchecked((int)0x3A0B001F),
        ActMsgPR_KEYWORD_A = unchecked((int)0x3A0B001E),
        ActMsgPR_LANGUAGE = unchecked((int)0x3A0C001E),
        ActMsgPR_LANGUAGE_W = unchecked((int)0x3A0C001F),
        ActMsgPR_LANGUAGE_A = unchecked((int)0x3A0C001E),
        ActMsgPR_LOCATION = unchecked((int)0x3A0D001E),
        ActMsgPR_LOCATION_W = unchecked((int)0x3A0D001F),
        ActMsgPR_LOCATION_A = unchecked((int)0x3A0D001E),
        ActMsgPR_MAIL_PERMISSION = unchecked((int)0x3A0E000B),
        ActMsgPR_MHS_COMMON_NAME = unchecked((int)0x3A0F001E),
        ActMsgPR_MHS_COMMON_NAME_W = unchecked((int)0x3A0F001F),
        ActMsgPR_MHS_COMMON_NAME_A = unchecked((int)0x3A0F001E),
        ActMsgPR_ORGANIZATIONAL_ID_NUMBER = unchecked((int)0x3A10001E),
        ActMsgPR_ORGANIZATIONAL_ID_NUMBER_W = unchecked((int)0x3A10001F),
        ActMsgPR_ORGANIZATIONAL_ID_NUMBER_A = unchecked((int)0x3A10001E),
        ActMsgPR_SURNAME = unchecked((int)0x3A11001E),
        ActMsgPR_SURNAME_W = unchecked((int)0x3A11001F),
        ActMsgPR_SURNAME_A = unchecked((int)0x3A11001E),
        ActMsgPR_ORIGINAL_ENTRYID = unchecked((int)0x3A120102),
        ActMsgPR_ORIGINAL_DISPLAY_NAME = unchecked((int)0x3A13001E),
        ActMsgPR_ORIGINAL_DISPLAY_NAME_W = unchecked((int)0x3A13001F),
        ActMsgPR_ORIGINAL_DISPLAY_NAME_A = unchecked((int)0x3A13001E),
        ActMsgPR_ORIGINAL_SEARCH_KEY = unchecked((int)0x3A140102),
        ActMsgPR_POSTAL_ADDRESS = unchecked((int)0x3A15001E),
        ActMsgPR_POSTAL_ADDRESS_W = unchecked((int)0x3A15001F),
        ActMsgPR_POSTAL_ADDRESS_A = unchecked((int)0x3A15001E),
        ActMsgPR_COMPANY_NAME = unchecked((int)0x3A16001E),
        ActMsgPR_COMPANY_NAME_W = unchecked((int)0x3A16001F),
        ActMsgPR_COMPANY_NAME_A = unchecked((int)0x3A16001E),
        ActMsgPR_TITLE = unchecked((int)0x3A17001E),
        ActMsgPR_TITLE_W = unchecked((int)0x3A17001F),
        ActMsgPR_TITLE_A = unchecked((int)0x3A17001E),
        ActMsgPR_DEPARTMENT_NAME = unchecked((int)0x3A18001E),
        ActMsgPR_DEPARTMENT_NAME_W = unchecked((int)0x3A18001F),
        ActMsgPR_DEPARTMENT_NAME_A = unchecked((int)0x3A18001E),
        ActMsgPR_OFFICE_LOCATION = unchecked((int)0x3A19001E),
        ActMsgPR_OFFICE_LOCATION_W = unchecked((int)0x3A19001F),
        ActMsgPR_OFFICE_LOCATION_A = unchecked((int)0x3A19001E),
        ActMsgPR_PRIMARY_TELEPHONE_NUMBER = unchecked((int)0x3A1A001E),
        ActMsgPR_PRIMARY_TELEPHONE_NUMBER_W = unchecked((int)0x3A1A001F),
        ActMsgPR_PRIMARY_TELEPHONE_NUMBER_A = unchecked((int)0x3A1A001E),
        ActMsgPR_BUSINESS2_TELEPHONE_NUMBER = unchecked((int)0x3A1B001E),
        ActMsgPR_BUSINESS2_TELEPHONE_NUMBER_W = unchecked((int)0x3A1B001F),
        ActMsgPR_BUSINESS2_TELEPHONE_NUMBER_A = unchecked((int)0x3A1B001E),
        ActMsgPR_OFFICE2_TELEPHONE_NUMBER = unchecked((int)0x3A1B001E),
        ActMsgPR_OFFICE2_TELEPHONE_NUMBER_W = unchecked((int)0x3A1B001F),
        ActMsgPR_OFFICE2_TELEPHONE_NUMBER_A = unchecked((int)0x3A1B001E),
        ActMsgPR_CELLULAR_TELEPHONE_NUMBER = unchecked((int)0x3A1C001E),
        ActMsgPR_CELLULAR_TELEPHONE_NUMBER_W = unchecked((int)0x3A1C001F),
        ActMsgPR_CELLULAR_TELEPHONE_NUMBER_A = unchecked((int)0x3A1C001E),
        ActMsgPR_MOBILE_TELEPHONE_NUMBER = unchecked((int)0x3A1C001E),
        ActMsgPR_MOBILE_TELEPHONE_NUMBER_W = unchecked((int)0x3A1C001F),
        ActMsgPR_MOBILE_TELEPHONE_NUMBER_A = unchecked((int)0x3A1C001E),
        ActMsgPR_RADIO_TELEPHONE_NUMBER = unchecked((int)0x3A1D001E),
        ActMsgPR_RADIO_TELEPHONE_NUMBER_W = unchecked((int)0x3A1D001F),
        ActMsgPR_RADIO_TELEPHONE_NUMBER_A = unchecked((int)0x3A1D001E),
        ActMsgPR_CAR_TELEPHONE_NUMBER = unchecked((int)0x3A1E001E),
        ActMsgPR_CAR_TELEPHONE_NUMBER_W = unchecked((int)0x3A1E001F),
        ActMsgPR_CAR_TELEPHONE_NUMBER_A = unchecked((int)0x3A1E001E),
        ActMsgPR_OTHER_TELEPHONE_NUMBER = unchecked((int)0x3A1F001E),
        ActMsgPR_OTHER_TELEPHONE_NUMBER_W = unchecked((int)0x3A1F001F),
        ActMsgPR_OTHER_TELEPHONE_NUMBER_A = unchecked((int)0x3A1F001E),
        ActMsgPR_TRANSMITABLE_DISPLAY_NAME = unchecked((int)0x3A20001E),
        ActMsgPR_TRANSMITABLE_DISPLAY_NAME_W = unchecked((int)0x3A20001F),
        ActMsgPR_TRANSMITABLE_DISPLAY_NAME_A = unchecked((int)0x3A20001E),
        ActMsgPR_BEEPER_TELEPHONE_NUMBER = unchecked((int)0x3A21001E),
        ActMsgPR_BEEPER_TELEPHONE_NUMBER_W = unchecked((int)0x3A21001F),
        ActMsgPR_BEEPER_TELEPHONE_NUMBER_A = unchecked((int)0x3A21001E),
        ActMsgPR_PAGER_TELEPHONE_NUMBER = unchecked((int)0x3A21001E),
        ActMsgPR_PAGER_TELEPHONE_NUMBER_W = unchecked((int)0x3A21001F),
        ActMsgPR_PAGER_TELEPHONE_NUMBER_A = unchecked((int)0x3A21001E),
        ActMsgPR_USER_CERTIFICATE = unchecked((int)0x3A220102),
        ActMsgPR_PRIMARY_FAX_NUMBER = unchecked((int)0x3A23001E),
        ActMsgPR_PRIMARY_FAX_NUMBER_W = unchecked((int)0x3A23001F),
        ActMsgPR_PRIMARY_FAX_NUMBER_A = unchecked((int)0x3A23001E),
        ActMsgPR_BUSINESS_FAX_NUMBER = unchecked((int)0x3A24001E),
        ActMsgPR_BUSINESS_FAX_NUMBER_W = unchecked((int)0x3A24001F),
        ActMsgPR_BUSINESS_FAX_NUMBER_A = unchecked((int)0x3A24001E),
        ActMsgPR_HOME_FAX_NUMBER = unchecked((int)0x3A25001E),
        ActMsgPR_HOME_FAX_NUMBER_W = unchecked((int)0x3A25001F),
        ActMsgPR_HOME_FAX_NUMBER_A = unchecked((int)0x3A25001E),
        ActMsgPR_BUSINESS_ADDRESS_COUNTRY = unchecked((int)0x3A26001E),
        ActMsgPR_BUSINESS_ADDRESS_COUNTRY_W = unchecked((int)0x3A26001F),
        ActMsgPR_BUSINESS_ADDRESS_COUNTRY_A = unchecked((int)0x3A26001E),
        ActMsgPR_COUNTRY = unchecked((int)0x3A26001E),
        ActMsgPR_COUNTRY_W = unchecked((int)0x3A26001F),
        ActMsgPR_COUNTRY_A = unchecked((int)0x3A26001E),
        ActMsgPR_BUSINESS_ADDRESS_CITY = unchecked((int)0x3A27001E),
        ActMsgPR_BUSINESS_ADDRESS_CITY_W = unchecked((int)0x3A27001F),
        ActMsgPR_BUSINESS_ADDRESS_CITY_A = unchecked((int)0x3A27001E),
        ActMsgPR_LOCALITY = unchecked((int)0x3A27001E),
        ActMsgPR_LOCALITY_W = unchecked((int)0x3A27001F),
        ActMsgPR_LOCALITY_A = unchecked((int)0x3A27001E),
        ActMsgPR_BUSINESS_ADDRESS_STATE_OR_PROVINCE = unchecked((int)0x3A28001E),
        ActMsgPR_BUSINESS_ADDRESS_STATE_OR_PROVINCE_W = unchecked((int)0x3A28001F),
        ActMsgPR_BUSINESS_ADDRESS_STATE_OR_PROVINCE_A = unchecked((int)0x3A28001E),
        ActMsgPR_STATE_OR_PROVINCE = unchecked((int)0x3A28001E),
        ActMsgPR_STATE_OR_PROVINCE_W = unchecked((int)0x3A28001F),
        ActMsgPR_STATE_OR_PROVINCE_A = unchecked((int)0x3A28001E),
        ActMsgPR_BUSINESS_ADDRESS_STREET = unchecked((int)0x3A29001E),
        ActMsgPR_BUSINESS_ADDRESS_STREET_W = unchecked((int)0x3A29001F),
        ActMsgPR_BUSINESS_ADDRESS_STREET_A = unchecked((int)0x3A29001E),
        ActMsgPR_STREET_ADDRESS = unchecked((int)0x3A29001E),
        ActMsgPR_STREET_ADDRESS_W = unchecked((int)0x3A29001F),
        ActMsgPR_STREET_ADDRESS_A = unchecked((int)0x3A29001E),
        ActMsgPR_BUSINESS_ADDRESS_POSTAL_CODE = unchecked((int)0x3A2A001E),
        ActMsgPR_BUSINESS_ADDRESS_POSTAL_CODE_W = unchecked((int)0x3A2A001F),
        ActMsgPR_BUSINESS_ADDRESS_POSTAL_CODE_A = unchecked((int)0x3A2A001E),
        ActMsgPR_POSTAL_CODE = unchecked((int)0x3A2A001E),
        ActMsgPR_POSTAL_CODE_W = unchecked((int)0x3A2A001F),
        ActMsgPR_POSTAL_CODE_A = unchecked((int)0x3A2A001E),
        ActMsgPR_BUSINESS_ADDRESS_POST_OFFICE_BOX = unchecked((int)0x3A2B001E),
        ActMsgPR_BUSINESS_ADDRESS_POST_OFFICE_BOX_W = unchecked((int)0x3A2B001F),
        ActMsgPR_BUSINESS_ADDRESS_POST_OFFICE_BOX_A = unchecked((int)0x3A2B001E),
        ActMsgPR_POST_OFFICE_BOX = unchecked((int)0x3A2B001E),
        ActMsgPR_POST_OFFICE_BOX_W = unchecked((int)0x3A2B001F),
        ActMsgPR_POST_OFFICE_BOX_A = unchecked((int)0x3A2B001E),
        ActMsgPR_TELEX_NUMBER = unchecked((int)0x3A2C001E),
        ActMsgPR_TELEX_NUMBER_W = unchecked((int)0x3A2C001F),
        ActMsgPR_TELEX_NUMBER_A = unchecked((int)0x3A2C001E),
        ActMsgPR_ISDN_NUMBER = unchecked((int)0x3A2D001E),
        ActMsgPR_ISDN_NUMBER_W = unchecked((int)0x3A2D001F),
        ActMsgPR_ISDN_NUMBER_A = unchecked((int)0x3A2D001E),
        ActMsgPR_ASSISTANT_TELEPHONE_NUMBER = unchecked((int)0x3A2E001E),
        ActMsgPR_ASSISTANT_TELEPHONE_NUMBER_W = unchecked((int)0x3A2E001F),
        ActMsgPR_ASSISTANT_TELEPHONE_NUMBER_A = unchecked((int)0x3A2E001E),
        ActMsgPR_HOME2_TELEPHONE_NUMBER = unchecked((int)0x3A2F001E),
        ActMsgPR_HOME2_TELEPHONE_NUMBER_W = unchecked((int)0x3A2F001F),
        ActMsgPR_HOME2_TELEPHONE_NUMBER_A = unchecked((int)0x3A2F001E),
        ActMsgPR_ASSISTANT = unchecked((int)0x3A30001E),
        ActMsgPR_ASSISTANT_W = unchecked((int)0x3A30001F),
        ActMsgPR_ASSISTANT_A = unchecked((int)0x3A30001E),
        ActMsgPR_SEND_RICH_INFO = unchecked((int)0x3A40000B),
        ActMsgPR_WEDDING_ANNIVERSARY = unchecked((int)0x3A410040),
        ActMsgPR_BIRTHDAY = unchecked((int)0x3A420040),
        ActMsgPR_HOBBIES = unchecked((int)0x3A43001E),
        ActMsgPR_HOBBIES_W = unchecked((int)0x3A43001F),
        ActMsgPR_HOBBIES_A = unchecked((int)0x3A43001E),
        ActMsgPR_MIDDLE_NAME = unchecked((int)0x3A44001E),
        ActMsgPR_MIDDLE_NAME_W = unchecked((int)0x3A44001F),
        ActMsgPR_MIDDLE_NAME_A = unchecked((int)0x3A44001E),
        ActMsgPR_DISPLAY_NAME_PREFIX = unchecked((int)0x3A45001E),
        ActMsgPR_DISPLAY_NAME_PREFIX_W = unchecked((int)0x3A45001F),
        ActMsgPR_DISPLAY_NAME_PREFIX_A = unchecked((int)0x3A45001E),
        ActMsgPR_PROFESSION = unchecked((int)0x3A46001E),
        ActMsgPR_PROFESSION_W = unchecked((int)0x3A46001F),
        ActMsgPR_PROFESSION_A = unchecked((int)0x3A46001E),
        ActMsgPR_PREFERRED_BY_NAME = unchecked((int)0x3A47001E),
        ActMsgPR_PREFERRED_BY_NAME_W = unchecked((int)0x3A47001F),
        ActMsgPR_PREFERRED_BY_NAME_A = unchecked((int)0x3A47001E),
        ActMsgPR_REFERRED_BY_NAME = unchecked((int)0x3A47001E),
        ActMsgPR_REFERRED_BY_NAME_W = unchecked((int)0x3A47001F),
        ActMsgPR_REFERRED_BY_NAME_A = unchecked((int)0x3A47001E),
        ActMsgPR_SPOUSE_NAME = unchecked((int)0x3A48001E),
        ActMsgPR_SPOUSE_NAME_W = unchecked((int)0x3A48001F),
        ActMsgPR_SPOUSE_NAME_A = unchecked((int)0x3A48001E),
        ActMsgPR_COMPUTER_NETWORK_NAME = unchecked((int)0x3A49001E),
        ActMsgPR_COMPUTER_NETWORK_NAME_W = unchecked((int)0x3A49001F),
        ActMsgPR_COMPUTER_NETWORK_NAME_A = unchecked((int)0x3A49001E),
        ActMsgPR_CUSTOMER_ID = unchecked((int)0x3A4A001E),
        ActMsgPR_CUSTOMER_ID_W = unchecked((int)0x3A4A001F),
        ActMsgPR_CUSTOMER_ID_A = unchecked((int)0x3A4A001E),
        ActMsgPR_TTYTDD_PHONE_NUMBER = unchecked((int)0x3A4B001E),
        ActMsgPR_TTYTDD_PHONE_NUMBER_W = unchecked((int)0x3A4B001F),
        ActMsgPR_TTYTDD_PHONE_NUMBER_A = unchecked((int)0x3A4B001E),
        ActMsgPR_FTP_SITE = unchecked((int)0x3A4C001E),
        ActMsgPR_FTP_SITE_W = unchecked((int)0x3A4C001F),
        ActMsgPR_FTP_SITE_A = unchecked((int)0x3A4C001E),
        ActMsgPR_GENDER = unchecked((int)0x3A4D0002),
        ActMsgPR_MANAGER_NAME = unchecked((int)0x3A4E001E),
        ActMsgPR_MANAGER_NAME_W = unchecked((int)0x3A4E001F),
        ActMsgPR_MANAGER_NAME_A = unchecked((int)0x3A4E001E),
        ActMsgPR_NICKNAME = unchecked((int)0x3A4F001E),
        ActMsgPR_NICKNAME_W = unchecked((int)0x3A4F001F),
        ActMsgPR_NICKNAME_A = unchecked((int)0x3A4F001E),
        ActMsgPR_PERSONAL_HOME_PAGE = unchecked((int)0x3A50001E),
        ActMsgPR_PERSONAL_HOME_PAGE_W = unchecked((int)0x3A50001F),
        ActMsgPR_PERSONAL_HOME_PAGE_A = unchecked((int)0x3A50001E),
        ActMsgPR_BUSINESS_HOME_PAGE = unchecked((int)0x3A51001E),
        ActMsgPR_BUSINESS_HOME_PAGE_W = unchecked((int)0x3A51001F),
        ActMsgPR_BUSINESS_HOME_PAGE_A = unchecked((int)0x3A51001E),
        ActMsgPR_CONTACT_VERSION = unchecked((int)0x3A520048),
        ActMsgPR_CONTACT_ENTRYIDS = unchecked((int)0x3A531102),
        ActMsgPR_CONTACT_ADDRTYPES = unchecked((int)0x3A54101E),
        ActMsgPR_CONTACT_ADDRTYPES_W = unchecked((int)0x3A54101F),
        ActMsgPR_CONTACT_ADDRTYPES_A = unchecked((int)0x3A54101E),
        ActMsgPR_CONTACT_DEFAULT_ADDRESS_INDEX = unchecked((int)0x3A550003),
        ActMsgPR_CONTACT_EMAIL_ADDRESSES = unchecked((int)0x3A56101E),
        ActMsgPR_CONTACT_EMAIL_ADDRESSES_W = unchecked((int)0x3A56101F),
        ActMsgPR_CONTACT_EMAIL_ADDRESSES_A = unchecked((int)0x3A56101E),
        ActMsgPR_COMPANY_MAIN_PHONE_NUMBER = unchecked((int)0x3A57001E),
        ActMsgPR_COMPANY_MAIN_PHONE_NUMBER_W = unchecked((int)0x3A57001F),
        ActMsgPR_COMPANY_MAIN_PHONE_NUMBER_A = unchecked((int)0x3A57001E),
        ActMsgPR_CHILDRENS_NAMES = unchecked((int)0x3A58101E),
        ActMsgPR_CHILDRENS_NAMES_W = unchecked((int)0x3A58101F),
        ActMsgPR_CHILDRENS_NAMES_A = unchecked((int)0x3A58101E),
        ActMsgPR_HOME_ADDRESS_CITY = unchecked((int)0x3A59001E),
        ActMsgPR_HOME_ADDRESS_CITY_W = unchecked((int)0x3A59001F),
        ActMsgPR_HOME_ADDRESS_CITY_A = unchecked((int)0x3A59001E),
        ActMsgPR_HOME_ADDRESS_COUNTRY = unchecked((int)0x3A5A001E),
        ActMsgPR_HOME_ADDRESS_COUNTRY_W = unchecked((int)0x3A5A001F),
        ActMsgPR_HOME_ADDRESS_COUNTRY_A = unchecked((int)0x3A5A001E),
        ActMsgPR_HOME_ADDRESS_POSTAL_CODE = unchecked((int)0x3A5B001E),
        ActMsgPR_HOME_ADDRESS_POSTAL_CODE_W = unchecked((int)0x3A5B001F),
        ActMsgPR_HOME_ADDRESS_POSTAL_CODE_A = unchecked((int)0x3A5B001E),
        ActMsgPR_HOME_ADDRESS_STATE_OR_PROVINCE = unchecked((int)0x3A5C001E),
        ActMsgPR_HOME_ADDRESS_STATE_OR_PROVINCE_W = unchecked((int)0x3A5C001F),
        ActMsgPR_HOME_ADDRESS_STATE_OR_PROVINCE_A = unchecked((int)0x3A5C001E),
        ActMsgPR_HOME_ADDRESS_STREET = unchecked((int)0x3A5D001E),
        ActMsgPR_HOME_ADDRESS_STREET_W = unchecked((int)0x3A5D001F),
        ActMsgPR_HOME_ADDRESS_STREET_A = unchecked((int)0x3A5D001E),
        ActMsgPR_HOME_ADDRESS_POST_OFFICE_BOX = unchecked((int)0x3A5E001E),
        ActMsgPR_HOME_ADDRESS_POST_OFFICE_BOX_W = unchecked((int)0x3A5E001F),
        ActMsgPR_HOME_ADDRESS_POST_OFFICE_BOX_A = unchecked((int)0x3A5E001E),
        ActMsgPR_OTHER_ADDRESS_CITY = unchecked((int)0x3A5F001E),
        ActMsgPR_OTHER_ADDRESS_CITY_W = unchecked((int)0x3A5F001F),
        ActMsgPR_OTHER_ADDRESS_CITY_A = unchecked((int)0x3A5F001E),
        ActMsgPR_OTHER_ADDRESS_COUNTRY = unchecked((int)0x3A60001E),
        ActMsgPR_OTHER_ADDRESS_COUNTRY_W = unchecked((int)0x3A60001F),
        ActMsgPR_OTHER_ADDRESS_COUNTRY_A = unchecked((int)0x3A60001E),
        ActMsgPR_OTHER_ADDRESS_POSTAL_CODE = unchecked((int)0x3A61001E),
        ActMsgPR_OTHER_ADDRESS_POSTAL_CODE_W = unchecked((int)0x3A61001F),
        ActMsgPR_OTHER_ADDRESS_POSTAL_CODE_A = unchecked((int)0x3A61001E),
        ActMsgPR_OTHER_ADDRESS_STATE_OR_PROVINCE = unchecked((int)0x3A62001E),
        ActMsgPR_OTHER_ADDRESS_STATE_OR_PROVINCE_W = unchecked((int)0x3A62001F),
        ActMsgPR_OTHER_ADDRESS_STATE_OR_PROVINCE_A = unchecked((int)0x3A62001E),
        ActMsgPR_OTHER_ADDRESS_STREET = unchecked((int)0x3A63001E),
        ActMsgPR_OTHER_ADDRESS_STREET_W = unchecked((int)0x3A63001F),
        ActMsgPR_OTHER_ADDRESS_STREET_A = unchecked((int)0x3A63001E),
        ActMsgPR_OTHER_ADDRESS_POST_OFFICE_BOX = unchecked((int)0x3A64001E),
        ActMsgPR_OTHER_ADDRESS_POST_OFFICE_BOX_W = unchecked((int)0x3A64001F),
        ActMsgPR_OTHER_ADDRESS_POST_OFFICE_BOX_A = unchecked((int)0x3A64001E),
        ActMsgPR_SEND_INTERNET_ENCODING = unchecked((int)0x3A710003),
        ActMsgPR_STORE_PROVIDERS = unchecked((int)0x3D000102),
        ActMsgPR_AB_PROVIDERS = unchecked((int)0x3D010102),
        ActMsgPR_TRANSPORT_PROVIDERS = unchecked((int)0x3D020102),
        ActMsgPR_DEFAULT_PROFILE = unchecked((int)0x3D04000B),
        ActMsgPR_AB_SEARCH_PATH = unchecked((int)0x3D051102),
        ActMsgPR_AB_DEFAULT_DIR = unchecked((int)0x3D060102),
        ActMsgPR_AB_DEFAULT_PAB = unchecked((int)0x3D070102),
        ActMsgPR_FILTERING_HOOKS = unchecked((int)0x3D080102),
        ActMsgPR_SERVICE_NAME = unchecked((int)0x3D09001E),
        ActMsgPR_SERVICE_NAME_W = unchecked((int)0x3D09001F),
        ActMsgPR_SERVICE_NAME_A = unchecked((int)0x3D09001E),
        ActMsgPR_SERVICE_DLL_NAME = unchecked((int)0x3D0A001E),
        ActMsgPR_SERVICE_DLL_NAME_W = unchecked((int)0x3D0A001F),
        ActMsgPR_SERVICE_DLL_NAME_A = unchecked((int)0x3D0A001E),
        ActMsgPR_SERVICE_ENTRY_NAME = unchecked((int)0x3D0B001E),
        ActMsgPR_SERVICE_UID = unchecked((int)0x3D0C0102),
        ActMsgPR_SERVICE_EXTRA_UIDS = unchecked((int)0x3D0D0102),
        ActMsgPR_SERVICES = unchecked((int)0x3D0E0102),
        ActMsgPR_SERVICE_SUPPORT_FILES = unchecked((int)0x3D0F101E),
        ActMsgPR_SERVICE_SUPPORT_FILES_W = unchecked((int)0x3D0F101F),
        ActMsgPR_SERVICE_SUPPORT_FILES_A = unchecked((int)0x3D0F101E),
        ActMsgPR_SERVICE_DELETE_FILES = unchecked((int)0x3D10101E),
        ActMsgPR_SERVICE_DELETE_FILES_W = unchecked((int)0x3D10101F),
        ActMsgPR_SERVICE_DELETE_FILES_A = unchecked((int)0x3D10101E),
        ActMsgPR_AB_SEARCH_PATH_UPDATE = unchecked((int)0x3D110102),
        ActMsgPR_PROFILE_NAME = unchecked((int)0x3D12001E),
        ActMsgPR_PROFILE_NAME_W = unchecked((int)0x3D12001F),
        ActMsgPR_PROFILE_NAME_A = unchecked((int)0x3D12001E),
        ActMsgPR_IDENTITY_DISPLAY = unchecked((int)0x3E00001E),
        ActMsgPR_IDENTITY_DISPLAY_W = unchecked((int)0x3E00001F),
        ActMsgPR_IDENTITY_DISPLAY_A = unchecked((int)0x3E00001E),
        ActMsgPR_IDENTITY_ENTRYID = unchecked((int)0x3E010102),
        ActMsgPR_RESOURCE_METHODS = unchecked((int)0x3E020003),
        ActMsgPR_RESOURCE_TYPE = unchecked((int)0x3E030003),
        ActMsgPR_STATUS_CODE = unchecked((int)0x3E040003),
        ActMsgPR_IDENTITY_SEARCH_KEY = unchecked((int)0x3E050102),
        ActMsgPR_OWN_STORE_ENTRYID = unchecked((int)0x3E060102),
        ActMsgPR_RESOURCE_PATH = unchecked((int)0x3E07001E),
        ActMsgPR_RESOURCE_PATH_W = unchecked((int)0x3E07001F),
        ActMsgPR_RESOURCE_PATH_A = unchecked((int)0x3E07001E),
        ActMsgPR_STATUS_STRING = unchecked((int)0x3E08001E),
        ActMsgPR_STATUS_STRING_W = unchecked((int)0x3E08001F),
        ActMsgPR_STATUS_STRING_A = unchecked((int)0x3E08001E),
        ActMsgPR_X400_DEFERRED_DELIVERY_CANCEL = unchecked((int)0x3E09000B),
        ActMsgPR_HEADER_FOLDER_ENTRYID = unchecked((int)0x3E0A0102),
        ActMsgPR_REMOTE_PROGRESS = unchecked((int)0x3E0B0003),
        ActMsgPR_REMOTE_PROGRESS_TEXT = unchecked((int)0x3E0C001E),
        ActMsgPR_REMOTE_PROGRESS_TEXT_W = unchecked((int)0x3E0C001F),
        ActMsgPR_REMOTE_PROGRESS_TEXT_A = unchecked((int)0x3E0C001E),
        ActMsgPR_REMOTE_VALIDATE_OK = unchecked((int)0x3E0D000B),
        ActMsgPR_CONTROL_FLAGS = unchecked((int)0x3F000003),
        ActMsgPR_CONTROL_STRUCTURE = unchecked((int)0x3F010102),
        ActMsgPR_CONTROL_TYPE = unchecked((int)0x3F020003),
        ActMsgPR_DELTAX = unchecked((int)0x3F030003),
        ActMsgPR_DELTAY = unchecked((int)0x3F040003),
        ActMsgPR_XPOS = unchecked((int)0x3F050003),
        ActMsgPR_YPOS = unchecked((int)0x3F060003),
        ActMsgPR_CONTROL_ID = unchecked((int)0x3F070102),
        ActMsgPR_INITIAL_DETAILS_PANE = unchecked((int)0x3F080003),
    }

    /// <summary>The events of Session.Subscribe; they can be added</summary>
    public enum MhEvents
    {
        MhNewMail = unchecked((int)0x00000001),
        MhObjectCreated = unchecked((int)0x00000002),
        MhObjectDeleted = unchecked((int)0x00000004),
        MhObjectModified = unchecked((int)0x00000008),
        MhObjectMoved = unchecked((int)0x00000010),
        MhObjectCopied = unchecked((int)0x00000020),
        MhSearchComplete = unchecked((int)0x00000040),
        MhConnectionLost = unchecked((int)0x00000080),
        MhAllEvents = unchecked((int)0x000000FF),
    }

    /// <summary>Events of a session, a store or a folder; ids are hex strings</summary>
    [ComImport, Guid("5B5A8D09-12BB-4E22-B5AC-24C2408F2BCE"), InterfaceType(ComInterfaceType.InterfaceIsIDispatch)]
    public interface _IMhEvents
    {
        /// <summary>A message was delivered</summary>
        [DispId(1)] void @NewMail([In, MarshalAs(UnmanagedType.BStr)] string @EntryID, [In, MarshalAs(UnmanagedType.BStr)] string @ParentID, [In, MarshalAs(UnmanagedType.BStr)] string @StoreID, [In, MarshalAs(UnmanagedType.BStr)] string @MessageClass);

        /// <summary>A message or folder was made; ObjectType is a CdoObjectClass</summary>
        [DispId(2)] void @ObjectCreated([In] int @ObjectType, [In, MarshalAs(UnmanagedType.BStr)] string @EntryID, [In, MarshalAs(UnmanagedType.BStr)] string @ParentID, [In, MarshalAs(UnmanagedType.BStr)] string @StoreID);

        /// <summary>A message or folder was deleted</summary>
        [DispId(3)] void @ObjectDeleted([In] int @ObjectType, [In, MarshalAs(UnmanagedType.BStr)] string @EntryID, [In, MarshalAs(UnmanagedType.BStr)] string @ParentID, [In, MarshalAs(UnmanagedType.BStr)] string @StoreID);

        /// <summary>A message or folder was changed</summary>
        [DispId(4)] void @ObjectModified([In] int @ObjectType, [In, MarshalAs(UnmanagedType.BStr)] string @EntryID, [In, MarshalAs(UnmanagedType.BStr)] string @ParentID, [In, MarshalAs(UnmanagedType.BStr)] string @StoreID);

        /// <summary>A message or folder was moved</summary>
        [DispId(5)] void @ObjectMoved([In] int @ObjectType, [In, MarshalAs(UnmanagedType.BStr)] string @EntryID, [In, MarshalAs(UnmanagedType.BStr)] string @ParentID, [In, MarshalAs(UnmanagedType.BStr)] string @StoreID, [In, MarshalAs(UnmanagedType.BStr)] string @OldEntryID, [In, MarshalAs(UnmanagedType.BStr)] string @OldParentID);

        /// <summary>A message or folder was copied</summary>
        [DispId(6)] void @ObjectCopied([In] int @ObjectType, [In, MarshalAs(UnmanagedType.BStr)] string @EntryID, [In, MarshalAs(UnmanagedType.BStr)] string @ParentID, [In, MarshalAs(UnmanagedType.BStr)] string @StoreID, [In, MarshalAs(UnmanagedType.BStr)] string @OldEntryID, [In, MarshalAs(UnmanagedType.BStr)] string @OldParentID);

        /// <summary>A search folder has finished its search</summary>
        [DispId(7)] void @SearchComplete([In, MarshalAs(UnmanagedType.BStr)] string @EntryID, [In, MarshalAs(UnmanagedType.BStr)] string @StoreID);

        /// <summary>The connection to a store or to a worker is lost; Error is an HRESULT</summary>
        [DispId(8)] void @ConnectionLost([In, MarshalAs(UnmanagedType.BStr)] string @StoreID, [In] int @Error);

    }

    /// <summary>A MAPI session: log on, then reach stores, folders, messages and the address book</summary>
    [ComImport, Guid("374946D2-B698-4DA3-B83B-AEAFD49AE673")]
    public class Session
    {
    }

}
