using System.Text.Json.Nodes;
using AuthServer.Core.Clients;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Clients;

/// <summary>The public keys of <c>private_key_jwt</c>, RFC 7523 §3.</summary>
internal static class ClientCredentialEndpoints
{
    private const int Max = 10;
    private static readonly ManagementError Missing = ManagementError.NotFound(
        "The credential does not exist", "inexistent_credential");

    public static void MapClientCredentials(this RouteGroupBuilder api)
    {
        api.MapGet("/clients/{clientId}/credentials", ListAsync).RequireScope("read:client_credentials");
        api.MapPost("/clients/{clientId}/credentials", CreateAsync).RequireScope("create:client_credentials");
        api.MapGet("/clients/{clientId}/credentials/{id}", GetAsync).RequireScope("read:client_credentials");
        api.MapPatch("/clients/{clientId}/credentials/{id}", UpdateAsync).RequireScope("update:client_credentials");
        api.MapDelete("/clients/{clientId}/credentials/{id}", DeleteAsync).RequireScope("delete:client_credentials");
    }

    private static async Task<IResult> ListAsync(string clientId, AuthDbContext db, CancellationToken ct) =>
        await db
            .Clients.AsNoTracking()
            .Include(c => c.Credentials)
            .SingleOrDefaultAsync(c => c.ClientId == clientId, ct)
            is { } client
            ? Results.Json(new JsonArray([.. client.Credentials.Select(ClientCredentialModel.Wire.Write)]))
            : ClientEndpoints.Missing;

    private static async Task<IResult> CreateAsync(
        string clientId,
        JsonBody body,
        ManagementPrincipal caller,
        PrivilegeEscalationGuard power,
        AuthDbContext db,
        TenantWrites writes,
        TimeProvider time,
        CancellationToken ct)
    {
        if (ClientCredentialModel.Read(body.Root, clientId, time.GetUtcNow(), out var credential) is { } malformed)
            return ManagementError.InvalidBody(malformed);

        await using var write = await writes.BeginAsync(ct);
        if (!await db.Clients.AnyAsync(c => c.ClientId == clientId, ct))
            return ClientEndpoints.Missing;
        if (await power.RefuseTakeoverAsync(caller, clientId, ct) is { } refusal)
            return refusal;
        var known = await db.ClientCredentials.Where(c => c.ClientId == clientId).Select(c => c.KeyId).ToListAsync(ct);
        if (known.Contains(credential!.KeyId))
            return ManagementError.Conflict("The client has a credential with this key id", "credential_conflict");
        if (known.Count >= Max)
            return ManagementError.InvalidBody(new ValidationError($"A client has at most {Max} credentials"));

        db.Add(credential);
        await write.SaveAsync(ct);
        return Results.Json(ClientCredentialModel.Wire.Write(credential), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(string clientId, string id, AuthDbContext db, CancellationToken ct) =>
        await FindAsync(db, clientId, id, ct) is { } credential
            ? Results.Json(ClientCredentialModel.Wire.Write(credential))
            : Missing;

    private static async Task<IResult> UpdateAsync(
        string clientId,
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        PrivilegeEscalationGuard power,
        AuthDbContext db,
        TenantWrites writes,
        TimeProvider time,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await FindAsync(db, clientId, id, ct) is not { } credential)
            return Missing;
        if (await power.RefuseTakeoverAsync(caller, clientId, ct) is { } refusal)
            return refusal;
        if (ClientCredentialModel.Wire.Apply(body, credential, Change.Update) is { } malformed)
            return malformed;

        credential.UpdatedAt = time.GetUtcNow();
        await write.SaveAsync(ct);
        return Results.Json(ClientCredentialModel.Wire.Write(credential));
    }

    private static async Task<IResult> DeleteAsync(
        string clientId,
        string id,
        ManagementPrincipal caller,
        PrivilegeEscalationGuard power,
        AuthDbContext db,
        TenantWrites writes,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await power.RefuseTakeoverAsync(caller, clientId, ct) is { } refusal)
            return refusal;
        await db.ClientCredentials.Where(c => c.ClientId == clientId && c.Id == id).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static Task<ClientCredential?> FindAsync(
        AuthDbContext db,
        string clientId,
        string id,
        CancellationToken ct
    ) => db.ClientCredentials.SingleOrDefaultAsync(c => c.ClientId == clientId && c.Id == id, ct);
}
