// Lifetime.cs: what a .NET client is to the server over time: a sink that hears events, mailboxes that only the garbage collector
// lets go of, and clients that are killed or exit with everything in their hands. It starts itself as those.
// MAPIHOST_GC_LOOPS: how many mailboxes the loop opens (default: a short form).
using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;
using System.Threading;
using MapiHost;

/// <summary>Keeps what it hears.</summary>
[ComVisible(true), ClassInterface(ClassInterfaceType.None)]
public class Sink : _IMhEvents
{
    private readonly AutoResetEvent heard = new AutoResetEvent(false);
    private volatile string created;
    public int Count;

    public bool WaitCreated(string id, int milliseconds)
    {
        var clock = Stopwatch.StartNew();
        while (created != id && clock.ElapsedMilliseconds < milliseconds) heard.WaitOne(200);
        return created == id;
    }

    private void Hear()
    {
        Interlocked.Increment(ref Count);
        heard.Set();
    }

    public void NewMail(string EntryID, string ParentID, string StoreID, string MessageClass) => Hear();

    public void ObjectCreated(int ObjectType, string EntryID, string ParentID, string StoreID)
    {
        created = EntryID;
        Hear();
    }

    public void ObjectDeleted(int ObjectType, string EntryID, string ParentID, string StoreID) => Hear();
    public void ObjectModified(int ObjectType, string EntryID, string ParentID, string StoreID) => Hear();
    public void ObjectMoved(int ObjectType, string EntryID, string ParentID, string StoreID, string OldEntryID, string OldParentID) => Hear();
    public void ObjectCopied(int ObjectType, string EntryID, string ParentID, string StoreID, string OldEntryID, string OldParentID) => Hear();
    public void SearchComplete(string EntryID, string StoreID) => Hear();
    public void ConnectionLost(string StoreID, int Error) => Hear();
}

internal static class Lifetime
{
    private const int WaitMs = 30000;

    private static IMhSession Logon()
    {
        var session = (IMhSession)new Session();
        session.Logon("demo", "", false, true);
        return session;
    }

    private static IConnectionPoint Point(object source)
    {
        Guid events = typeof(_IMhEvents).GUID;
        ((IConnectionPointContainer)source).FindConnectionPoint(ref events, out IConnectionPoint point);
        return point;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IMhFolder MakeFolder(IMhSession session, string name) =>
        ((IMhInfoStore)session.GetInfoStore()).RootFolder.Folders.Add(name) as IMhFolder;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string AddMessage(IMhFolder folder)
    {
        var message = (IMhMessage)folder.Messages.Add("An event", "Text");
        message.Update();
        return message.ID;
    }

    private static void Collect()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    // What this client itself has dropped goes with the collector too, so that a number may also fall below what it was.
    private static bool FallsTo(Func<int> number, int most)
    {
        var clock = Stopwatch.StartNew();
        int last;
        while ((last = number()) > most && clock.ElapsedMilliseconds < WaitMs)
        {
            Collect();
            Thread.Sleep(20);
        }
        if (last > most) Console.WriteLine($"# {last}, expected {most}");
        return last <= most;
    }

    // Diagnostics counts itself while it is held: every number is asked of a new one that the collector takes.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Objects(IMhSession session)
    {
        var diagnostics = (IMhDiagnostics)session.Diagnostics;
        int count = diagnostics.Get_ObjectCount();
        Marshal.ReleaseComObject(diagnostics);
        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Number(IMhSession session, Func<IMhDiagnostics, int> read) => read((IMhDiagnostics)session.Diagnostics);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ReadsInbox(IMhSession session) => ((IMhFolder)session.Inbox).UnreadCount >= 0;

    private static void HearEvents(IMhSession session)
    {
        IMhFolder folder = MakeFolder(session, "Scratch sink");
        var onFolder = new Sink();
        var onSession = new Sink();
        IConnectionPoint point = Point(folder), other = Point(session);
        point.Advise(onFolder, out int cookie);
        other.Advise(onSession, out int second);
        string id = AddMessage(folder);
        Tap.Check(onFolder.WaitCreated(id, WaitMs), "a sink of a folder hears of a new message, with its id");
        Tap.Check(onSession.WaitCreated(id, WaitMs), "a sink of the session hears of it too");
        point.Unadvise(cookie);
        int count = onFolder.Count;
        id = AddMessage(folder);
        Tap.Check(onSession.WaitCreated(id, WaitMs), "the other sink goes on");
        Tap.Same(onFolder.Count, count, "a sink that was taken back hears nothing");
        other.Unadvise(second);
        folder.Delete();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool OpenOne(IMhSession session, int i)
    {
        var mailbox = (IMhMailbox)session.OpenMailbox("other", true);
        return i % 4 != 0 || ((IMhFolder)mailbox.Inbox).Messages.Count >= 0;
    }

    private static void OpenMany(IMhSession session)
    {
        int loops = int.Parse(Environment.GetEnvironmentVariable("MAPIHOST_GC_LOOPS") ?? "100"), failures = 0;
        OpenOne(session, 0);
        Collect();
        FallsTo(() => Number(session, d => d.WorkerCount), 0);
        int objects = Objects(session), slots = Number(session, d => d.SlotsUsed);
        for (int i = 0; i < loops; i++)
        {
            if (!OpenOne(session, i)) failures++;
            if (i % 100 == 99) Collect();
        }
        Tap.Same(failures, 0, $"{loops} mailboxes were opened and read, none was closed");
        Tap.Check(FallsTo(() => Objects(session), objects), "the collector has given every object back");
        Tap.Check(Number(session, d => d.SlotsUsed) <= slots, "no store logon is left of them");
        Tap.Same(Number(session, d => d.WorkerCount), 0, "no worker is left of them");
    }

    /// <summary>The client that dies: it holds messages, a mailbox and a sink, and then calls on and on.</summary>
    private static int Hold(string how)
    {
        IMhSession session = Logon();
        IMhFolder folder = (IMhFolder)session.Outbox;
        var held = new object[100];
        for (int i = 0; i < held.Length; i++) held[i] = folder.Messages.Add("never saved");
        object mailbox = ((IMhMailbox)session.OpenMailbox("other", true)).Inbox;
        Point(folder).Advise(new Sink(), out int cookie);
        Console.WriteLine("ready");
        if (how == "exit") Environment.Exit(0);
        for (;;) GC.KeepAlive(folder.UnreadCount + held.Length + (mailbox == null ? 1 : 0));
    }

    private static void Die(IMhSession session, string how)
    {
        Collect();
        FallsTo(() => Number(session, d => d.ClientCount), 1);
        int objects = Objects(session), slots = Number(session, d => d.SlotsUsed);
        var start = new ProcessStartInfo(Process.GetCurrentProcess().MainModule.FileName)
        {
            Arguments = $"\"{typeof(Lifetime).Assembly.Location}\" hold {how}",
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using (var client = Process.Start(start))
        {
            Tap.Same(client.StandardOutput.ReadLine(), "ready", $"{how}: another .NET client works");
            if (how == "kill")
            {
                Tap.Same(Number(session, d => d.ClientCount), 2, $"{how}: the server knows of both");
                client.Kill();
            }
            client.WaitForExit();
        }
        Tap.Check(ReadsInbox(session), $"{how}: this client goes on");
        Tap.Check(FallsTo(() => Number(session, d => d.ClientCount), 1), $"{how}: its session has ended");
        Tap.Check(FallsTo(() => Objects(session), objects), $"{how}: its objects are gone");
        Tap.Check(Number(session, d => d.SlotsUsed) <= slots + 1, $"{how}: its store logons are gone");
    }

    private static int Main(string[] arguments)
    {
        IMhSession session = null;
        if (arguments.Length > 1 && arguments[0] == "hold") return Hold(arguments[1]);
        Tap.Step("logon", () =>
        {
            session = Logon();
            Tap.Check(ReadsInbox(session), "logon to the profile demo");
        });
        Tap.Step("events", () => HearEvents(session));
        Tap.Step("loop", () => OpenMany(session));
        Tap.Step("killed", () => Die(session, "kill"));
        Tap.Step("exit", () => Die(session, "exit"));
        Tap.Step("end", () =>
        {
            session.Logoff();
            Tap.Check(!session.LoggedOn, "logoff");
        });
        return Tap.Finish();
    }
}
