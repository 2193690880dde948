using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AuthServer.Faults;

/// <summary>Looks into the store of a deployment, past its servers.</summary>
internal static class Ledger
{
    /// <summary>How many tries a budget has counted.</summary>
    public static async Task<int> TriesAsync(Deployment deployment, string key)
    {
        await using DbConnection connection = deployment.Postgres is { } postgres
            ? new NpgsqlConnection(postgres)
            : new SqliteConnection($"Data Source={deployment.Database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count FROM attempt_counters WHERE hash = @hash";
        var hash = command.CreateParameter();
        (hash.ParameterName, hash.Value) = ("hash", SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        command.Parameters.Add(hash);
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
