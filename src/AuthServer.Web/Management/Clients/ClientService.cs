using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Clients;

/// <summary>Clients, which the dashboard calls applications.</summary>
internal sealed class ClientService(
    AuthDbContext db,
    TenantWrites writes,
    PrivilegeEscalationGuard guard,
    ClientAnswers answers,
    ISecretBox box,
    Tenant tenant,
    TimeProvider time)
{
    public static ManagementException Missing =>
        ManagementError.NotFound("The client does not exist", "inexistent_client").AsException();

    public Task<JsonNode> ListAsync(
        ClientFilter filter, Paging paging, Fields fields, ManagementPrincipal caller, CancellationToken ct)
    {
        var clients = filter.Apply(db.Clients.AsNoTracking().Include(c => c.Credentials));
        return paging.PageAsync(
            "clients",
            clients,
            async items => await answers.ManyAsync(items, caller, fields, ct),
            ct);
    }

    /// <returns>The client, with its secret.</returns>
    public async Task<JsonObject> CreateAsync(JsonBody body, CancellationToken ct)
    {
        body.Require("name");
        var now = time.GetUtcNow();
        var client = ClientDefaults.New("", body.Text("app_type"), ClientAuthentication.MethodOf(body), now);
        ManagementException.ThrowIfInvalid(Apply(body, client, Change.Create, now));

        await using var write = await writes.BeginAsync(ct);
        await DefaultOrganizationModel.EnsureExistsAsync(client, db, ct);
        db.Add(client);
        if (tenant.Settings.Flag(TenantFlags.EnableClientConnections))
        {
            foreach (var connection in await db.Connections.Select(c => c.Id).ToListAsync(ct))
                db.Add(new ConnectionClient { ConnectionId = connection, ClientId = client.ClientId });
        }

        await write.SaveAsync(ct);
        return await answers.WithSecretAsync(client, ct);
    }

    public async Task<JsonObject> GetAsync(
        string id, Fields fields, ManagementPrincipal caller, CancellationToken ct)
    {
        var client = await db.Clients.AsNoTracking().Include(c => c.Credentials)
            .SingleOrDefaultAsync(c => c.ClientId == id, ct);
        return await answers.OneAsync(client ?? throw Missing, caller, fields, ct);
    }

    public async Task<JsonObject> UpdateAsync(
        string id, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        EnsureNotSystem(id);
        var client = await FindAsync(id, ct);
        body.EnsureCurrent(ClientModel.Wire.Write(client));
        var before = AuthenticationState.Of(client);
        var now = time.GetUtcNow();
        var error = Apply(body, client, Change.Update, now);
        await EnsureMayAuthenticateAsync(before, body, client, isValid: error is null, caller, ct);
        ManagementException.ThrowIfInvalid(error);
        await DefaultOrganizationModel.EnsureExistsAsync(client, db, ct);

        client.UpdatedAt = now;
        await write.SaveAsync(ct);
        return await answers.OneAsync(client, caller, Fields.All, ct);
    }

    /// <summary>
    /// Its tokens, grants and keys go with it. Deleting a client that does not exist is not an error.
    /// </summary>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        EnsureNotSystem(id);
        await using var write = await writes.BeginAsync(ct);
        await db.Clients.Where(c => c.ClientId == id).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
    }

    /// <summary>
    /// A client whose method takes no secret gets one too, as with Auth0: it counts once the client has such a method.
    /// </summary>
    /// <returns>The client, with its secret.</returns>
    public async Task<JsonObject> RotateSecretAsync(string id, ManagementPrincipal caller, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        EnsureNotSystem(id);
        var client = await FindAsync(id, ct);
        await guard.EnsureNotBeyondAsync(caller, id, ct);
        ClientSecrets.Set(client, ClientSecrets.New(), box);
        client.UpdatedAt = time.GetUtcNow();
        await write.SaveAsync(ct);
        return await answers.WithSecretAsync(client, ct);
    }

    /// <exception cref="ManagementException">It is the dashboard's own client.</exception>
    public static void EnsureNotSystem(string id)
    {
        if (DashboardApplication.Is(id))
            throw ManagementError.Forbidden("The dashboard's own client can't be changed").AsException();
    }

    private async Task<Client> FindAsync(string id, CancellationToken ct) =>
        await db.Clients.Include(c => c.Credentials).SingleOrDefaultAsync(c => c.ClientId == id, ct) ?? throw Missing;

    /// <summary>
    /// A caller that sets how a client authenticates can act as that client. The caller's rights are checked before the
    /// body's faults are reported; a member that is sent as it is changes nothing and needs no right.
    /// </summary>
    private async Task EnsureMayAuthenticateAsync(
        AuthenticationState before,
        JsonBody body,
        Client client,
        bool isValid,
        ManagementPrincipal caller,
        CancellationToken ct)
    {
        var after = AuthenticationState.Of(client);
        var sendsKeys = body.Has("client_secret") || after.HasOtherKeysThan(before);
        if (sendsKeys && !caller.Has("update:client_keys"))
            throw ManagementError.InsufficientScope(["update:client_keys"]).AsException();
        if (sendsKeys || after != before || (!isValid && AuthenticationState.IsNamedIn(body)))
            await guard.EnsureNotBeyondAsync(caller, client.ClientId, ct);
    }

    private ValidationError? Apply(JsonBody body, Client client, Change change, DateTimeOffset now)
    {
        if ((ClientModel.Wire.Apply(body.Root, client, change)
            ?? ClientAuthentication.ReadMethods(body, client, change, now)
            ?? SignedRequestObjectModel.Read(body, client, change, now)) is { } malformed)
            return malformed;
        return ClientMetadataRules.Check(client, tenant.Settings) is { } broken
            ? new ValidationError(broken.Message, broken.Member)
            : ClientAuthentication.SettleSecret(body, client, box);
    }
}
