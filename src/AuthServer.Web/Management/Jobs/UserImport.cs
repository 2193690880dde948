using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Jobs;

/// <summary>
/// Imports one user of a job at a time: the user and the job's counts in one transaction, of which the job's position
/// lets one node win. A job that was interrupted continues where it was.
/// </summary>
internal sealed class UserImport(
    AuthDbContext db,
    TenantWrites writes,
    PrivilegeEscalationGuard guard,
    UserAccess access,
    IPasswordHashing passwords,
    UserImportClaims claims,
    TimeProvider time)
{
    /// <returns>False when another node has imported the user.</returns>
    public async Task<bool> ImportAsync(UserJob job, int position, JsonElement root, CancellationToken ct)
    {
        try
        {
            var imported = ImportedUser.Of(root);

            // Before the transaction, because a hash takes long and every other writer would wait for it.
            var hash = imported.Password is { } password ? await password.StoreAsync(passwords, ct) : null;
            await using var write = await writes.BeginAsync(ct);
            var result = await SaveAsync(job, imported, hash, ct);
            if (!await claims.AdvanceAsync(job, position, result, ct))
                return false;
            await write.SaveAsync(ct);
            return true;
        }
        catch (Exception failure)
            when (ManagementGuard.ErrorOf(failure, db) is { Status: < StatusCodes.Status500InternalServerError } error)
        {
            return await RefuseAsync(job, position, root, error, ct);
        }
    }

    private async Task<UserImportResult> SaveAsync(
        UserJob job, ImportedUser imported, string? hash, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == job.ConnectionId, ct)
            ?? throw ConnectionService.Missing;
        var user = imported.Create(connection.Name, now);
        Passwords.EnsureNames(user, connection);
        var credential = NewUser.CredentialOf(user, hash ?? PasswordCredential.NoPassword);
        if (await FindAsync(credential, ct) is { } known)
        {
            if (!job.Upsert)
                throw Passwords.AlreadyExists;
            await UpdateAsync(job, known, imported, hash, now, ct);
            return UserImportResult.Updated;
        }

        if (await access.IsTakenAsync(user.UserId, ct))
            throw Passwords.AlreadyExists;
        db.Add(user);
        db.Add(credential);
        await db.SaveChangesAsync(ct);
        return UserImportResult.Inserted;
    }

    /// <summary>The account with this id; without one, an account with one of its names.</summary>
    private async Task<PasswordCredential?> FindAsync(PasswordCredential credential, CancellationToken ct) =>
        await db.PasswordCredentials.SingleOrDefaultAsync(
            known => known.Id == credential.Id && known.Connection == credential.Connection, ct)
        ?? await db.PasswordCredentials.Where(credential.HasNameInCommon())
            .OrderBy(known => known.Id).FirstOrDefaultAsync(ct);

    private async Task UpdateAsync(
        UserJob job,
        PasswordCredential known,
        ImportedUser imported,
        string? hash,
        DateTimeOffset now,
        CancellationToken ct)
    {
        if (known.Id != known.UserId)
            throw ManagementError.Conflict("The user is linked to another.").AsException();
        await guard.EnsureUserNotBeyondAsync(new ManagementPrincipal(job.ClientId, job.Scope), known.UserId, ct);
        imported.Update(await db.Users.SingleAsync(u => u.UserId == known.UserId, ct), now);
        await db.SaveChangesAsync(ct);

        // A password that was set or used here stays.
        if (hash is not null && (known.PasswordHash == PasswordCredential.NoPassword || ImportedPassword.Is(known)))
        {
            await db.PasswordCredentials.Where(c => c.Id == known.Id && c.PasswordHash == known.PasswordHash)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.PasswordHash, hash), ct);
        }
    }

    private async Task<bool> RefuseAsync(
        UserJob job, int position, JsonElement root, ManagementError error, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var write = await writes.BeginAsync(ct);
        if (!await claims.AdvanceAsync(job, position, UserImportResult.Refused, ct))
            return false;
        db.Add(new UserJobError
        {
            JobId = job.Id,
            Position = position,
            User = ImportedUser.Visible(root)?.ToJsonString() ?? "null",
            Code = UserJobAnswers.CodeOf(error),
            Message = error.Invalid?.Reason ?? error.Message,
            Path = error.Path ?? "",
        });
        await write.SaveAsync(ct);
        return true;
    }
}
