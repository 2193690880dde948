using System.Data.Common;

namespace AuthServer.Storage.Sql;

/// <summary>A row of a result; values by their place, from 0, in the types that columns have.</summary>
internal interface IRow
{
    bool IsNull(int place);

    string GetString(int place);

    int GetInt32(int place);

    long GetInt64(int place);

    bool GetBoolean(int place);

    Guid GetGuid(int place);

    /// <summary>In UTC.</summary>
    DateTime GetDateTime(int place);

    byte[] GetBytes(int place);
}

/// <summary>The row on which a provider's reader is.</summary>
internal sealed class ReaderRow(DbDataReader reader) : IRow
{
    public bool IsNull(int place) => reader.IsDBNull(place);

    public string GetString(int place) => reader.GetString(place);

    public int GetInt32(int place) => reader.GetInt32(place);

    public long GetInt64(int place) => reader.GetInt64(place);

    public bool GetBoolean(int place) => reader.GetBoolean(place);

    public Guid GetGuid(int place) => reader.GetGuid(place);

    public DateTime GetDateTime(int place) => reader.GetDateTime(place);

    public byte[] GetBytes(int place) => reader.GetFieldValue<byte[]>(place);
}
