using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Hosting;
using AuthServer.Storage;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Jobs;

/// <summary>
/// Files of exports: one user a line, gzip. They are written while they are downloaded, by a link that is valid for a
/// minute, as with Auth0.
/// </summary>
internal sealed class UserDownloads(
    AuthDbContext db, IDataProtectionProvider protection, ISecretBox box, Tenant tenant)
{
    public const string Path = "/downloads/users";

    private const int Batch = 200;

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    private readonly JsonProtector<DownloadTicket> protector = new(protection, "users download");

    public string LocationOf(UserJob job, DateTimeOffset now)
    {
        var key = protector.Seal(new DownloadTicket(job.Id, now + Validity));
        return tenant.Issuer.At(Path) + "?key=" + key;
    }

    /// <returns>Null when the link is forged or over, or its job is forgotten.</returns>
    public async Task<UserDownload?> FindAsync(string? key, DateTimeOffset now, CancellationToken ct)
    {
        if (protector.Open(key) is not { } ticket || ticket.ValidUntil < now)
            return null;
        var job = await db.UserJobs.AsNoTracking()
            .SingleOrDefaultAsync(j => j.Id == ticket.JobId && j.Type == UserJob.Export, ct);
        if (job?.ContentSealed is null)
            return null;
        var body = ContentOf(job);
        var connection = await db.Connections.Where(c => c.Id == job.ConnectionId).Select(c => c.Name)
            .SingleOrDefaultAsync(ct);
        return job.ConnectionId is null || connection is not null ? new UserDownload(body, connection) : null;
    }

    /// <summary>What an export has.</summary>
    public ExportBody ContentOf(UserJob job)
    {
        using var content = JsonDocument.Parse(box.Open(job.ContentSealed, UserJob.ContentPurpose));
        return ExportBody.Of(new JsonBody(content.RootElement));
    }

    public async Task WriteAsync(UserDownload download, Stream to, CancellationToken ct)
    {
        await using var gzip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        await using var writer = new StreamWriter(gzip, leaveOpen: true);
        var isCsv = download.Body.Format == ExportBody.Csv;
        writer.NewLine = isCsv ? "\r\n" : "\n";
        if (isCsv)
            await writer.WriteLineAsync(CsvText.Row(download.Body.Columns.Select(column => column.Title)));
        var left = download.Body.Limit ?? int.MaxValue;
        for (string? last = null; left > 0;)
        {
            var users = await Of(download.Connection, last).Take(Math.Min(Batch, left)).ToListAsync(ct);
            foreach (var json in users.Select(UserModel.Wire.Write))
                await writer.WriteLineAsync(isCsv ? Csv(download.Body, json) : Line(download.Body, json));
            left -= users.Count;
            if (users.Count < Batch)
                return;
            last = users[^1].UserId;
        }
    }

    private static string Csv(ExportBody body, JsonObject user) =>
        CsvText.Row(body.Columns.Select(column => CsvText.Of(column.Of(user))));

    private static string Line(ExportBody body, JsonObject user)
    {
        if (body.Fields.Count == 0)
            return user.ToJsonString(JsonText.Relaxed);
        var picked = new JsonObject();
        foreach (var field in body.Fields)
            picked[field.Title] = field.Of(user)?.DeepClone();
        return picked.ToJsonString(JsonText.Relaxed);
    }

    private IQueryable<User> Of(string? connection, string? last)
    {
        var users = db.Users.AsNoTracking().Include(u => u.Identities)
            .Where(u => connection == null || u.Connection == connection);
        if (last is not null)
            users = users.Where(u => u.UserId.CompareTo(last) > 0);
        return users.OrderBy(u => u.UserId);
    }

    private sealed record DownloadTicket(string JobId, DateTimeOffset ValidUntil);
}

/// <summary>What a link downloads.</summary>
internal sealed record UserDownload(ExportBody Body, string? Connection);
