using System.Data.Common;
using AuthServer.Core.Users;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AuthServer.Faults;

/// <summary>Looks into the store of a deployment, past its servers.</summary>
internal static class Ledger
{
    /// <summary>How many wrong passwords a rule has counted.</summary>
    public static async Task<int> TriesAsync(Deployment deployment, LoginRule rule)
    {
        await using DbConnection connection = deployment.Postgres is { } postgres
            ? new NpgsqlConnection(postgres)
            : new SqliteConnection($"Data Source={deployment.Database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count FROM login_counters WHERE hash = @hash";
        var hash = command.CreateParameter();
        (hash.ParameterName, hash.Value) = ("hash", rule.Hash);
        command.Parameters.Add(hash);
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
