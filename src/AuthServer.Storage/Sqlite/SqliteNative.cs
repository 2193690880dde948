using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace AuthServer.Storage.Sqlite;

/// <summary>
/// Runs Microsoft.Data.Sqlite on SQLitePCLRaw 2.0.6, the newest that the package feed has: it asks for a higher assembly version
/// and uses nothing that 2.0.6 lacks. To be deleted the day a newer one restores (docs/dependencies.md).
/// </summary>
internal static class SqliteNative
{
    private const int OldestWanted = 3_038_000;

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "The redirect must stand before any type of the provider is touched.")]
    internal static void Initialize()
    {
        AssemblyLoadContext.Default.Resolving += static (context, wanted) =>
            wanted.Name?.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal) == true ? Load(context, wanted.Name) : null;
        Bind();
    }

    private static Assembly? Load(AssemblyLoadContext context, string name)
    {
        var trusted = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string)?.Split(Path.PathSeparator) ?? [];
        var path = Array.Find(trusted, file => string.Equals(Path.GetFileNameWithoutExtension(file), name, StringComparison.Ordinal));
        return path is null ? null : context.LoadFromAssemblyPath(path);
    }

    /// <summary>The system's SQLite when it is new enough, else the bundled one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Bind()
    {
        foreach (var assembly in (Assembly[])[typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, typeof(SqliteApi).Assembly])
            NativeLibrary.SetDllImportResolver(assembly, static (name, _, _) => name == "e_sqlite3" ? SystemLibrary() : nint.Zero);
        SQLitePCL.Batteries_V2.Init();
    }

    private static nint SystemLibrary()
    {
        var name = OperatingSystem.IsWindows() ? "winsqlite3.dll" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
        if (!NativeLibrary.TryLoad(name, out var library))
            return nint.Zero;
        if (NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var export)
            && Marshal.GetDelegateForFunctionPointer<LibraryVersion>(export)() >= OldestWanted)
            return library;
        NativeLibrary.Free(library);
        return nint.Zero;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LibraryVersion();
}
