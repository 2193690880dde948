using System.Security.Cryptography;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Web.Jobs;

namespace AuthServer.Web.Management.Jobs;

/// <summary>Imports the users of pending jobs; one second after another it looks for one.</summary>
internal sealed class UserImportJob(IServiceScopeFactory scopes, TimeProvider time, ILogger<UserImportJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(1), scopes, time, log)
{
    private readonly IServiceScopeFactory scopes = scopes;
    private readonly ILogger log = log;

    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var claims = services.GetRequiredService<UserImportClaims>();
        while (await claims.NextAsync(ct) is { } job)
        {
            using var users = Open(job, services.GetRequiredService<ISecretBox>());
            if (users is null)
            {
                log.LogError("The file of {JobId} can't be decrypted; the job has failed", job.Id);
                await claims.EndAsync(job, JobStatuses.Failed, ct);
                continue;
            }

            await services.GetRequiredService<ImportedHashTimes>().MeasureAsync(job, users.RootElement, ct);
            if (await ContinueAsync(job, users.RootElement, ct))
                await claims.EndAsync(job, JobStatuses.Completed, ct);
        }
    }

    /// <returns>The users of the file; null when it can't be read any more.</returns>
    private static JsonDocument? Open(UserJob job, ISecretBox box)
    {
        try
        {
            return JsonDocument.Parse(box.Open(job.ContentSealed, UserJob.ContentPurpose));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <returns>False when another node goes on with the job.</returns>
    private async Task<bool> ContinueAsync(UserJob job, JsonElement users, CancellationToken ct)
    {
        var position = job.Position;
        foreach (var user in users.EnumerateArray().Skip(position))
        {
            // Each user has a context of its own, so that memory doesn't grow with the file.
            await using var scope = scopes.CreateAsyncScope();
            var import = scope.ServiceProvider.GetRequiredService<UserImport>();
            if (!await import.ImportAsync(job, position++, user, ct))
                return false;
        }

        return true;
    }
}
