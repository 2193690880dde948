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
