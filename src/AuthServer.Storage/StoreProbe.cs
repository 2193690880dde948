using System.Data.Common;
using System.Reflection;
using AuthServer.Storage.Sql;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AuthServer.Storage;

/// <summary>Whether the store answers, and whether a start has anything to do there.</summary>
internal sealed class StoreProbe(AuthDbContext db, IDatabase database) : IStoreProbe
{
    private static readonly Statement Newest = new(
        """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" DESC LIMIT 1"""
    );
    private static readonly Statement Filled = new(
        "SELECT 'filled' FROM tenant_settings WHERE subject_salt_sealed IS NOT NULL AND (SELECT count(*) FROM "
            + "signing_keys WHERE state IN ('Current', 'Next')) >= 2");

    public Task<bool> AnswersAsync(CancellationToken ct) => db.Database.CanConnectAsync(ct);

    public async Task<bool> HasUnknownMigrationAsync(CancellationToken ct)
    {
        var known = string.Join(", ", Migrations().Select(id => $"'{id}'"));
        var unknown = new Statement(
            $"""SELECT "MigrationId" FROM "__EFMigrationsHistory" WHERE "MigrationId" NOT IN ({known}) LIMIT 1""");
        try
        {
            return await database.ReadAsync(unknown, row => row.GetString(0), ct) is not null;
        }
        catch (DbException)
        {
            return false;
        }
    }

    public async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        try
        {
            var applied = await database.ReadAsync(Newest, row => row.GetString(0), ct);
            return string.Equals(applied, Migrations().Max(StringComparer.Ordinal), StringComparison.Ordinal)
                && await database.ReadAsync(Filled, row => row.GetString(0), ct) is not null;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>Read off the attributes: to ask the migrator is to build both models and compare them.</summary>
    private IEnumerable<string> Migrations() => typeof(AuthDbContext).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == db.GetType())
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
        .OfType<string>();
}
