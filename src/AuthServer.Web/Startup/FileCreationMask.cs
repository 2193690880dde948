using System.Runtime.InteropServices;

namespace AuthServer.Web.Startup;

/// <summary>
/// Only the process's user may read what it creates, SQLite's files too: mode 0600, and 0700 for directories (POSIX
/// <c>umask</c>).
/// </summary>
internal static class FileCreationMask
{
    private const uint GroupAndOthers = 0b000_111_111;

    public static void Set()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask(GroupAndOthers);
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint SetMask(uint mask);
}
