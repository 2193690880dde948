using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace AuthServer.Storage.Sqlite;

/// <summary>The few functions of SQLite's C interface that the provider has no way to (https://www.sqlite.org/c3ref/funclist.html).</summary>
internal static partial class SqliteApi
{
    public const int Row = 100;
    public const int Done = 101;

    private const string Library = "e_sqlite3";

    /// <summary>SQLITE_TRANSIENT: SQLite copies the value.</summary>
    private const nint Copied = -1;

    /// <param name="connection">Open; the handle is good until it is closed.</param>
    public static nint HandleOf(SqliteConnection connection) => connection.Handle!.DangerousGetHandle();

    public static nint Prepare(nint database, string sql)
    {
        Check(database, Prepare(database, sql, -1, out var statement, nint.Zero));
        return statement;
    }

    /// <exception cref="SqliteException"><paramref name="result"/> is an error.</exception>
    public static void Check(nint database, int result)
    {
        if (result is 0 or Row or Done)
            return;
        throw new SqliteException($"SQLite Error {result & 0xff}: '{Marshal.PtrToStringUTF8(Message(database))}'.", result & 0xff, ExtendedCode(database));
    }

    public static int BindText(nint statement, int place, ReadOnlySpan<byte> text) => BindText(statement, place, NotNull(text), text.Length, Copied);

    public static int BindBlob(nint statement, int place, ReadOnlySpan<byte> bytes) => BindBlob(statement, place, NotNull(bytes), bytes.Length, Copied);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_parameter_index", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int PlaceOf(nint statement, string parameter);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    public static partial int BindNull(nint statement, int place);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    public static partial int BindNumber(nint statement, int place, long number);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_finalize")]
    public static partial int Finish(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_changes")]
    public static partial int Changes(nint database);

    /// <summary>An empty value is not NULL, which is what an empty span's address would be.</summary>
    private static ReadOnlySpan<byte> NotNull(ReadOnlySpan<byte> value) => value.IsEmpty ? "\0"u8 : value;

    [LibraryImport(Library, EntryPoint = "sqlite3_prepare_v2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Prepare(nint database, string sql, int length, out nint statement, nint tail);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    private static partial int BindText(nint statement, int place, ReadOnlySpan<byte> text, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    private static partial int BindBlob(nint statement, int place, ReadOnlySpan<byte> bytes, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_errmsg")]
    private static partial nint Message(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_extended_errcode")]
    private static partial int ExtendedCode(nint database);
}
