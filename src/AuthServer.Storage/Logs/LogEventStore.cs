using System.Data.Common;
using AuthServer.Core.Logs;
using Microsoft.EntityFrameworkCore.Storage;

namespace AuthServer.Storage.Logs;

/// <summary>Appends to the audit log. Beside thousands of tokens a second the change tracker would cost more than the rows.</summary>
public sealed class LogEventStore(AuthDbContext db, WriteQueue writes)
{
    public const string Table = "log_events";

    private static readonly (string Column, Func<LogEvent, object?> Value)[] Columns =
    [
        ("date", e => e.Date.UtcDateTime),
        ("type", e => e.Type),
        ("description", e => e.Description),
        ("client_id", e => e.ClientId),
        ("client_name", e => e.ClientName),
        ("connection", e => e.Connection),
        ("connection_id", e => e.ConnectionId),
        ("user_id", e => e.UserId),
        ("user_name", e => e.UserName),
        ("ip", e => e.Ip),
        ("user_agent", e => e.UserAgent),
        ("hostname", e => e.Hostname),
        ("audience", e => e.Audience),
        ("scope", e => e.Scope),
        ("organization_id", e => e.OrganizationId),
        ("organization_name", e => e.OrganizationName),
        ("details", e => e.Details),
    ];

    private static readonly string Insert =
        $"INSERT INTO {Table} ({string.Join(", ", Columns.Select(c => c.Column))}) VALUES ({string.Join(", ", Columns.Select((_, at) => "@p" + at))})";

    /// <summary>All of them or none. One batch at a time on all nodes: ids come in the order in which they can be seen, so that nobody who reads on from one misses a smaller one.</summary>
    public async Task AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, "log-events", ct);
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        if (transaction.Connection!.CanCreateBatch)
            await SendAsync(events, transaction, ct);
        else
            await RepeatAsync(events, transaction, ct);
        await write.CommitAsync(ct);
    }

    /// <summary>One round trip.</summary>
    private static async Task SendAsync(IReadOnlyList<LogEvent> events, DbTransaction transaction, CancellationToken ct)
    {
        await using var batch = transaction.Connection!.CreateBatch();
        batch.Transaction = transaction;
        foreach (var logged in events)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = Insert;
            AddParameters(command.Parameters, command.CreateParameter);
            Fill(command.Parameters, logged);
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>One statement, prepared once.</summary>
    private static async Task RepeatAsync(IReadOnlyList<LogEvent> events, DbTransaction transaction, CancellationToken ct)
    {
        await using var command = transaction.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = (Insert, transaction);
        AddParameters(command.Parameters, command.CreateParameter);
        foreach (var logged in events)
        {
            Fill(command.Parameters, logged);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static void AddParameters(DbParameterCollection parameters, Func<DbParameter> create)
    {
        for (var at = 0; at < Columns.Length; at++)
        {
            var parameter = create();
            parameter.ParameterName = "@p" + at;
            parameters.Add(parameter);
        }
    }

    private static void Fill(DbParameterCollection parameters, LogEvent logged)
    {
        for (var at = 0; at < Columns.Length; at++)
            parameters[at].Value = Columns[at].Value(logged) ?? DBNull.Value;
    }
}
