using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Jobs;

/// <summary>
/// Measures how long the slowest imported hash of a database takes, so that a wrong password is answered as late for
/// every account (<see cref="Connection.SlowestImportedHash"/>).
/// </summary>
internal sealed class ImportedHashTimes(AuthDbContext db, TenantWrites writes, TimeProvider time)
{
    private const int MaxMilliseconds = 2_000;

    /// <summary>For a machine that is busier than now.</summary>
    private const double Margin = 1.25;

    /// <summary>Measures the slowest hash of each kind, before any user of the file is imported.</summary>
    public async Task MeasureAsync(UserJob job, JsonElement users, CancellationToken ct)
    {
        var slowest = users.EnumerateArray().Select(Read).OfType<ImportedPassword>()
            .Where(password => password.Cost is not null)
            .GroupBy(password => password.Cost!.Kind, StringComparer.Ordinal)
            .Select(ofKind => Measure(ofKind.MaxBy(password => password.Cost!.Cost)!))
            .DefaultIfEmpty(0).Max();
        if (slowest == 0)
            return;
        await using var write = await writes.BeginAsync(ct);
        await db.Connections
            .Where(c => c.Id == job.ConnectionId && slowest > (c.SlowestImportedHash ?? 0))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.SlowestImportedHash, slowest), ct);
        await write.SaveAsync(ct);
    }

    private static ImportedPassword? Read(JsonElement user)
    {
        try
        {
            return user.ValueKind == JsonValueKind.Object ? ImportedPassword.Of(user) : null;
        }
        catch (ManagementException)
        {
            // The import refuses the user.
            return null;
        }
    }

    private int Measure(ImportedPassword password)
    {
        var started = time.GetTimestamp();
        ImportedHash.Verify(password.Text, "wrong");
        return (int)Math.Min(MaxMilliseconds, time.GetElapsedTime(started).TotalMilliseconds * Margin);
    }
}
