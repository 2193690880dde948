using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Clients;

internal static class ClientEndpoints
{
    public static ManagementError Missing { get; } =
        ManagementError.NotFound("The client does not exist", "inexistent_client");

    public static void MapClients(this RouteGroupBuilder api)
    {
        api.MapGet("/clients", ClientList.AnswerAsync).RequireScope("read:clients", "read:client_keys");
        api.MapPost("/clients", CreateAsync).RequireScope("create:clients");
        api.MapGet("/clients/{id}", GetAsync).RequireScope("read:clients", "read:client_keys");
        api.MapPatch("/clients/{id}", UpdateAsync).RequireScope("update:clients");
        api.MapDelete("/clients/{id}", DeleteAsync).RequireScope("delete:clients");
        api.MapPost("/clients/{id}/rotate-secret", RotateSecretAsync).RequireScope("update:client_keys");
    }

    private static async Task<IResult> CreateAsync(
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        ISecretBox box,
        ClientAnswers answers,
        Tenant tenant,
        TimeProvider time,
        CancellationToken ct)
    {
        if (body.Missing("name") is { } missing)
            return missing;
        var now = time.GetUtcNow();
        var client = ClientDefaults.New("", body.Text("app_type"), ClientAuthentication.MethodOf(body), now);
        if (Apply(body, client, Change.Create, tenant, box, now) is { } malformed)
            return malformed;

        await using var write = await writes.BeginAsync(ct);
        if (await DefaultOrganizationModel.CheckAsync(client, db, ct) is { } homeless)
            return homeless;
        db.Add(client);
        if (tenant.Settings.Flag(TenantFlags.EnableClientConnections))
        {
            foreach (var connection in await db.Connections.Select(c => c.Id).ToListAsync(ct))
                db.Add(new ConnectionClient { ConnectionId = connection, ClientId = client.ClientId });
        }

        await write.SaveAsync(ct);
        return Results.Json(await answers.WithSecretAsync(client, ct), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(
        string id,
        Fields fields,
        ManagementPrincipal caller,
        AuthDbContext db,
        ClientAnswers answers,
        CancellationToken ct) =>
        await db.Clients.AsNoTracking().Include(c => c.Credentials).SingleOrDefaultAsync(c => c.ClientId == id, ct)
            is { } client
            ? Results.Json(await answers.OneAsync(client, caller, fields, ct))
            : Missing;

    private static async Task<IResult> UpdateAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        PrivilegeEscalationGuard power,
        AuthDbContext db,
        TenantWrites writes,
        ISecretBox box,
        ClientAnswers answers,
        Tenant tenant,
        TimeProvider time,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Clients.Include(c => c.Credentials).SingleOrDefaultAsync(c => c.ClientId == id, ct)
            is not { } client)
            return Missing;

        var before = AuthenticationState.Of(client);
        var now = time.GetUtcNow();
        var malformed = Apply(body, client, Change.Update, tenant, box, now);
        var refusal = await RefuseAuthenticationAsync(before, body, client, malformed is null, caller, power, ct);
        if (refusal is not null)
            return refusal;
        if ((malformed ?? await DefaultOrganizationModel.CheckAsync(client, db, ct)) is { } unfit)
            return unfit;

        client.UpdatedAt = now;
        await write.SaveAsync(ct);
        return Results.Json(await answers.OneAsync(client, caller, Fields.All, ct));
    }

    /// <summary>
    /// Its tokens, grants and keys go with it. Deleting a client that does not exist is not an error.
    /// </summary>
    private static async Task<IResult> DeleteAsync(
        string id, AuthDbContext db, TenantWrites writes, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await db.Clients.Where(c => c.ClientId == id).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    /// <summary>
    /// A client whose method takes no secret gets one too, as with Auth0: it counts once the client has such a method.
    /// </summary>
    private static async Task<IResult> RotateSecretAsync(
        string id, ManagementPrincipal caller, PrivilegeEscalationGuard power, AuthDbContext db, TenantWrites writes,
        ISecretBox box, ClientAnswers answers, TimeProvider time, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Clients.Include(c => c.Credentials).SingleOrDefaultAsync(c => c.ClientId == id, ct)
            is not { } client)
            return Missing;
        if (await power.RefuseTakeoverAsync(caller, id, ct) is { } refusal)
            return refusal;
        ClientSecrets.Set(client, ClientSecrets.New(), box);
        client.UpdatedAt = time.GetUtcNow();
        await write.SaveAsync(ct);
        return Results.Json(await answers.WithSecretAsync(client, ct));
    }

    /// <summary>
    /// A caller that sets how a client authenticates can act as that client. The caller's rights are checked before the
    /// body's faults are reported; a member that is sent as it is changes nothing and needs no right.
    /// </summary>
    private static async Task<ManagementError?> RefuseAuthenticationAsync(
        AuthenticationState before,
        JsonBody body,
        Client client,
        bool isValid,
        ManagementPrincipal caller,
        PrivilegeEscalationGuard power,
        CancellationToken ct)
    {
        var after = AuthenticationState.Of(client);
        var sendsKeys = body.Has("client_secret") || after.HasOtherKeysThan(before);
        if (sendsKeys && !caller.Has("update:client_keys"))
            return ManagementError.InsufficientScope(["update:client_keys"]);
        var changes = sendsKeys || after != before || (!isValid && AuthenticationState.IsNamedIn(body));
        return changes ? await power.RefuseTakeoverAsync(caller, client.ClientId, ct) : null;
    }

    private static ManagementError? Apply(
        JsonBody body, Client client, Change change, Tenant tenant, ISecretBox box, DateTimeOffset now)
    {
        if (ClientModel.Wire.Apply(body, client, change) is { } malformed)
            return malformed;
        if (ClientAuthentication.ReadMethods(body, client, change, now) is { } unfit)
            return ManagementError.InvalidBody(unfit);
        if (SignedRequestObjectModel.Read(body, client, change, now) is { } unsigned)
            return ManagementError.InvalidBody(unsigned);
        if (ClientMetadataRules.Check(client, tenant.Settings) is { } broken)
            return ManagementError.InvalidBody(new ValidationError(broken.Message, broken.Member));
        return ClientAuthentication.SettleSecret(body, client, box) is { } problem
            ? ManagementError.InvalidBody(problem)
            : null;
    }
}
