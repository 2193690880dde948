using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Clients;

/// <summary>The public keys of a client's <c>private_key_jwt</c>, RFC 7523 §3.</summary>
internal sealed class ClientCredentialService(
    AuthDbContext db, TenantWrites writes, PrivilegeEscalationGuard guard, TimeProvider time)
{
    private const int MaxCredentials = 10;

    private static ManagementException Missing =>
        ManagementError.NotFound("The credential does not exist", "inexistent_credential").AsException();

    public async Task<JsonArray> ListAsync(string clientId, CancellationToken ct)
    {
        var client = await db.Clients.AsNoTracking().Include(c => c.Credentials)
            .SingleOrDefaultAsync(c => c.ClientId == clientId, ct) ?? throw ClientService.Missing;
        return [.. client.Credentials.Select(ClientCredentialModel.Wire.Write)];
    }

    public async Task<JsonObject> CreateAsync(
        string clientId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        ClientService.EnsureNotSystem(clientId);
        ManagementException.ThrowIfInvalid(
            ClientCredentialModel.Read(body.Root, clientId, time.GetUtcNow(), out var credential));

        await using var write = await writes.BeginAsync(ct);
        if (!await db.Clients.AnyAsync(c => c.ClientId == clientId, ct))
            throw ClientService.Missing;
        await guard.EnsureNotBeyondAsync(caller, clientId, ct);
        var known = await db.ClientCredentials.Where(c => c.ClientId == clientId).Select(c => c.KeyId).ToListAsync(ct);
        if (known.Contains(credential!.KeyId))
        {
            throw ManagementError
                .Conflict("The client has a credential with this key id", "credential_conflict").AsException();
        }

        if (known.Count >= MaxCredentials)
            throw ManagementException.Invalid($"A client has at most {MaxCredentials} credentials");

        db.Add(credential);
        await write.SaveAsync(ct);
        return ClientCredentialModel.Wire.Write(credential);
    }

    public async Task<JsonObject> GetAsync(string clientId, string id, CancellationToken ct) =>
        ClientCredentialModel.Wire.Write(await FindAsync(clientId, id, ct));

    public async Task<JsonObject> UpdateAsync(
        string clientId, string id, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var credential = await FindAsync(clientId, id, ct);
        await guard.EnsureNotBeyondAsync(caller, clientId, ct);
        ClientCredentialModel.Wire.Apply(body, credential, Change.Update);

        credential.UpdatedAt = time.GetUtcNow();
        await write.SaveAsync(ct);
        return ClientCredentialModel.Wire.Write(credential);
    }

    /// <summary>Deleting a credential that does not exist is not an error.</summary>
    public async Task DeleteAsync(string clientId, string id, ManagementPrincipal caller, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await guard.EnsureNotBeyondAsync(caller, clientId, ct);
        await db.ClientCredentials.Where(c => c.ClientId == clientId && c.Id == id).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
    }

    private async Task<ClientCredential> FindAsync(string clientId, string id, CancellationToken ct) =>
        await db.ClientCredentials.SingleOrDefaultAsync(c => c.ClientId == clientId && c.Id == id, ct)
        ?? throw Missing;
}
