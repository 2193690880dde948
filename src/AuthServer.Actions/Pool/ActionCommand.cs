using System.Runtime.InteropServices;

namespace AuthServer.Actions.Pool;

/// <summary>How a child process is started: this program, with one argument.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record ActionCommand(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>Argument by which the program recognizes that it is a child.</summary>
    public const string Name = "actions";

    /// <param name="assembly">Path of the program's assembly.</param>
    public static ActionCommand For(string assembly)
    {
        // <dotnet>/shared/Microsoft.NETCore.App/<version>/
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", HostName));
        return System.IO.File.Exists(host)
            ? new ActionCommand(host, [assembly, Name])
            : new ActionCommand(Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null), [Name]);
    }

    private static string HostName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
}
