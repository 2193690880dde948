using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Connections;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Jobs;

/// <summary>Imports and exports of users. An import is worked off by <see cref="UserImportJob"/>.</summary>
internal sealed class UserJobService(
    AuthDbContext db, TenantWrites writes, UserDownloads downloads, ISecretBox box, TimeProvider time)
{
    private const int MaxAtATime = 2;

    private static ManagementException Busy => new ManagementError(
        StatusCodes.Status429TooManyRequests,
        $"There are {MaxAtATime} active import users jobs, please wait until some of them are finished and try again",
        "too_many_requests").AsException();

    public async Task<JsonObject> ImportAsync(ImportForm form, ManagementPrincipal caller, CancellationToken ct)
    {
        if (form.Upsert && !caller.Has("update:users"))
            throw ManagementError.InsufficientScope(["update:users"]).AsException();
        await using var write = await writes.BeginAsync(ct);
        var connection = await FindAsync(form.ConnectionId, ct);
        if (!connection.IsDatabase)
            throw ManagementException.Invalid("The connection is not a user database", "connection_id");
        if (await db.UserJobs.CountAsync(j => j.Status == JobStatuses.Pending, ct) >= MaxAtATime)
            throw Busy;
        var job = NewJob(UserJob.Import, form.ConnectionId, form.Users, caller, form);
        db.Add(job);
        await write.SaveAsync(ct);
        return UserJobAnswers.Write(job, connection.Name);
    }

    /// <summary>Nothing is left to do: the users are written while they are downloaded.</summary>
    public async Task<JsonObject> ExportAsync(ExportBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var connection = body.ConnectionId is { } id ? await FindAsync(id, ct) : null;
        var content = JsonSerializer.SerializeToUtf8Bytes(ExportBody.Wire.Write(body));
        var job = NewJob(UserJob.Export, body.ConnectionId, content, caller);
        db.Add(job);
        await write.SaveAsync(ct);
        return UserJobAnswers.Write(job, connection?.Name, body);
    }

    /// <returns>Null when there is no such job.</returns>
    public async Task<JsonObject?> FindJobAsync(string id, ManagementPrincipal caller, CancellationToken ct)
    {
        if (await db.UserJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, ct) is not { } job)
            return null;
        var connection = await db.Connections.Where(c => c.Id == job.ConnectionId).Select(c => c.Name)
            .SingleOrDefaultAsync(ct);
        if (job.Type == UserJob.Import)
            return UserJobAnswers.Write(job, connection);
        var json = UserJobAnswers.Write(job, connection, downloads.ContentOf(job));
        if (caller.Has("read:users"))
            json["location"] = downloads.LocationOf(job, time.GetUtcNow());
        return json;
    }

    /// <returns>Empty when every user was imported.</returns>
    /// <exception cref="ManagementException">There is no such import.</exception>
    public async Task<JsonArray> ErrorsAsync(string id, CancellationToken ct)
    {
        if (!await db.UserJobs.AnyAsync(j => j.Id == id, ct))
            throw JobService.Missing;
        var errors = await db.UserJobErrors.AsNoTracking().Where(e => e.JobId == id).OrderBy(e => e.Position)
            .ToListAsync(ct);
        return [.. errors.Select(UserJobAnswers.Write)];
    }

    private UserJob NewJob(
        string type, string? connectionId, byte[] content, ManagementPrincipal caller, ImportForm? form = null)
    {
        var now = time.GetUtcNow();
        return new UserJob
        {
            Id = "job_" + OpaqueToken.Alphanumeric(16),
            Type = type,
            Status = form is null ? JobStatuses.Completed : JobStatuses.Pending,
            ConnectionId = connectionId,
            Upsert = form?.Upsert ?? false,
            ExternalId = form?.ExternalId,
            ClientId = caller.ClientId,
            Scope = caller.Scopes,
            ContentSealed = box.Seal(content, UserJob.ContentPurpose),
            Total = form?.Count ?? 0,
            ClaimedUntil = now,
            CreatedAt = now,
        };
    }

    private async Task<Connection> FindAsync(string? id, CancellationToken ct) =>
        await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct)
        ?? throw ConnectionService.Missing;
}
