using System.Buffers.Text;
using System.Text;
using AuthServer.Storage.Sql;
using SQLitePCL;

namespace AuthServer.Storage.Sqlite;

/// <summary>
/// The row on which a statement is, without the provider's reader, which costs as much as the query. Values are read as
/// the provider stores them: identifiers and times are text.
/// </summary>
internal sealed class SqliteRow(sqlite3_stmt statement) : IRow
{
    private const int SecondsLength = 19; // 2026-11-25 12:34:56
    private const int TickDigits = 7;

    public bool IsNull(int place) => raw.sqlite3_column_type(statement, place) == raw.SQLITE_NULL;

    public string GetString(int place) => Encoding.UTF8.GetString(Utf8(place));

    public int GetInt32(int place) => raw.sqlite3_column_int(statement, place);

    public long GetInt64(int place) => raw.sqlite3_column_int64(statement, place);

    public bool GetBoolean(int place) => GetInt32(place) != 0;

    public Guid GetGuid(int place) => Guid.Parse(Utf8(place));

    public DateTime GetDateTime(int place) => ParseTime(Utf8(place));

    public byte[] GetBytes(int place) => Utf8(place).ToArray();

    /// <exception cref="FormatException">Not <c>yyyy-MM-dd HH:mm:ss</c> with up to seven further digits.</exception>
    private static DateTime ParseTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < SecondsLength)
            throw new FormatException("A time in the store is too short.");
        var time = new DateTime(
            Number(text[..4]),
            Number(text[5..7]),
            Number(text[8..10]),
            Number(text[11..13]),
            Number(text[14..16]),
            Number(text[17..19]),
            DateTimeKind.Utc);
        var fraction = text[SecondsLength..];
        if (fraction.Length < 2)
            return time;
        var ticks = Number(fraction[1..]);
        for (var digits = fraction.Length - 1; digits < TickDigits; digits++)
            ticks *= 10;
        return time.AddTicks(ticks);
    }

    private static int Number(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out int number, out var length) && length == digits.Length
            ? number
            : throw new FormatException("A time in the store has something else than digits.");

    /// <summary>Of text and blobs alike; valid until the next step.</summary>
    private ReadOnlySpan<byte> Utf8(int place) => raw.sqlite3_column_blob(statement, place);
}
