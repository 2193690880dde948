using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthServer.Storage;

/// <summary>
/// Detects every write to the configuration of administrators, whichever code makes it. Other nodes are notified in the
/// transaction that changes it, this one when it has committed, and so before the response is sent.
/// </summary>
internal sealed partial class ConfigurationChangeInterceptor(StoreChanges changes)
    : DbCommandInterceptor,
        IDbTransactionInterceptor
{
    public override async ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        int result,
        CancellationToken cancellationToken = default)
    {
        if (result != 0)
            await NoteAsync(command, eventData, cancellationToken);
        return result;
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default)
    {
        await NoteAsync(command, eventData, cancellationToken);
        return result;
    }

    /// <summary>Changes of an earlier transaction that was rolled back don't count.</summary>
    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection,
        TransactionEndEventData eventData,
        DbTransaction result,
        CancellationToken cancellationToken = default)
    {
        if (eventData.Context is AuthDbContext db)
            db.HasChangedConfiguration = false;
        return new(result);
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        if (eventData.Context is AuthDbContext { HasChangedConfiguration: true } db)
            await db.AnnounceAsync(cancellationToken);
        return result;
    }

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Notify(eventData);
        return Task.CompletedTask;
    }

    /// <summary>Whether it was committed is not known: a commit whose answer got lost may have happened.</summary>
    public Task TransactionFailedAsync(
        DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Notify(eventData);
        return Task.CompletedTask;
    }

    private void Notify(DbContextEventData eventData)
    {
        if (eventData.Context is not AuthDbContext { HasChangedConfiguration: true } db)
            return;
        db.HasChangedConfiguration = false;
        changes.Notify();
    }

    private async ValueTask NoteAsync(DbCommand command, CommandEventData eventData, CancellationToken ct)
    {
        if (eventData.CommandSource
                is not (
                    CommandSource.SaveChanges
                    or CommandSource.ExecuteUpdate
                    or CommandSource.ExecuteDelete
                    or CommandSource.ExecuteSqlRaw)
            || eventData.Context is not AuthDbContext db
            || !ConfigurationTables().IsMatch(command.CommandText))
            return;
        if (db.Database.CurrentTransaction is not null)
        {
            db.HasChangedConfiguration = true;
            return;
        }

        await db.AnnounceAsync(ct);
        changes.Notify();
    }

    private const string Tables =
        "clients|client_credentials|client_grants|resource_servers|connections|connection_clients|organizations"
        + "|organization_connections|organization_client_grants|tenant_settings|signing_keys"
        + "|actions|action_versions|action_bindings";

    [GeneratedRegex(
        @"\b(INSERT INTO|UPDATE|DELETE FROM) ""?(" + Tables + @")\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConfigurationTables();
}
