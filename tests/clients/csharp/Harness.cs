// Harness.cs: prints TAP for the C# client scenarios.
using System;
using System.IO;
using System.Runtime.InteropServices;

internal static class Tap
{
    private static int cases, failures;

    public static void Check(bool holds, string what)
    {
        cases++;
        if (!holds) failures++;
        Console.WriteLine((holds ? "ok - " : "not ok - ") + what);
    }

    public static void Same(object actual, object expected, string what)
    {
        bool equal = Equals(actual, expected);
        Check(equal, what);
        if (!equal) Console.WriteLine($"# got [{actual}], expected [{expected}]");
    }

    /// <summary>Runs a step; an exception fails it.</summary>
    public static void Step(string name, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            var inner = e.InnerException ?? e;
            Check(false, $"{name}: {inner.GetType().Name} 0x{inner.HResult:X8} {inner.Message}");
        }
    }

    /// <summary>The work must throw a MAPI error whose text holds the part; code 0 takes any. hasText: false where the error's text
    /// does not come across (Wine carries none for calls by vtable).</summary>
    public static void Raises(uint code, string part, string what, Action work, bool hasText = true)
    {
        try
        {
            work();
            Check(false, what + " (nothing was thrown)");
        }
        catch (Exception e)
        {
            var inner = e.InnerException ?? e;
            bool right = (code == 0 || (uint)inner.HResult == code) &&
                         (!hasText || inner.Message.Contains("MAPI_E_") && inner.Message.Contains(part));
            Check(right, what);
            if (!right) Console.WriteLine($"# got {inner.GetType().Name} 0x{inner.HResult:X8}: {inner.Message}");
        }
    }

    /// <summary>A file in the folder of this run.</summary>
    public static string Temp(string name) => Path.Combine(Environment.GetEnvironmentVariable("MAPIHOST_TEST_TEMP") ?? "", name);

    public static string NewFile(string name, string text)
    {
        File.WriteAllText(Temp(name), text);
        return Temp(name);
    }

    public static int Mails => int.Parse(Environment.GetEnvironmentVariable("MAPIHOST_TEST_MAILS") ?? "0");

    public static int Finish()
    {
        Console.WriteLine("1.." + cases);
        return failures;
    }
}
