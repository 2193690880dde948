using System.Net;
using System.Text.Json.Nodes;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Blocks;

/// <summary>Accounts and addresses that wrong passwords blocked.</summary>
internal static class BlockEndpoints
{
    private static readonly ManagementError NotBlocked =
        ManagementError.NotFound("The IP address is not blocked.", "ip_not_blocked");

    public static void MapBlocks(this RouteGroupBuilder api)
    {
        api.MapGet("/user-blocks", OfIdentifierAsync).RequireScope("read:users");
        api.MapDelete("/user-blocks", LiftOfIdentifierAsync).RequireScope("update:users");
        api.MapGet("/user-blocks/{id}", OfUserAsync).RequireScope("read:users");
        api.MapDelete("/user-blocks/{id}", LiftOfUserAsync).RequireScope("update:users");
        api.MapGet("/anomaly/blocks/ips/{id}", OfAddressAsync).RequireScope("read:anomaly_blocks");
        api.MapDelete("/anomaly/blocks/ips/{id}", LiftOfAddressAsync).RequireScope("delete:anomaly_blocks");
    }

    private static async Task<IResult> OfIdentifierAsync(HttpContext http, LoginBlocks blocks, CancellationToken ct)
    {
        var identifier = IdentifierOf(http);
        CheckBruteForceMember(http);
        return Write(await blocks.OfIdentifierAsync(identifier, ct));
    }

    private static async Task<IResult> LiftOfIdentifierAsync(HttpContext http, LoginBlocks blocks, CancellationToken ct)
    {
        await blocks.LiftOfIdentifierAsync(IdentifierOf(http), ct);
        return Results.NoContent();
    }

    private static async Task<IResult> OfUserAsync(
        string id, HttpContext http, LoginBlocks blocks, CancellationToken ct)
    {
        CheckBruteForceMember(http);
        return await blocks.OfUserAsync(PathIds.Unslashed(id), ct) is { } found ? Write(found) : UserEndpoints.Missing;
    }

    private static async Task<IResult> LiftOfUserAsync(string id, LoginBlocks blocks, CancellationToken ct) =>
        await blocks.LiftOfUserAsync(PathIds.Unslashed(id), ct) ? Results.NoContent() : UserEndpoints.Missing;

    private static async Task<IResult> OfAddressAsync(string id, LoginBlocks blocks, CancellationToken ct) =>
        await blocks.IsBlockedAsync(AddressOf(id), ct) ? Results.Ok() : NotBlocked;

    private static async Task<IResult> LiftOfAddressAsync(string id, LoginBlocks blocks, CancellationToken ct)
    {
        await blocks.LiftAsync(AddressOf(id), ct);
        return Results.NoContent();
    }

    private static string IdentifierOf(HttpContext http) =>
        Query.Text(http, "identifier") ?? throw Query.Bad("Missing required property: identifier");

    /// <summary>The protection is always on, so that its answer is the same either way.</summary>
    private static void CheckBruteForceMember(HttpContext http) => Query.Flag(http, "consider_brute_force_enablement");

    private static IPAddress AddressOf(string id) => IPAddress.TryParse(id, out var address)
        ? address
        : throw new BadManagementRequestException(new ManagementError(
            StatusCodes.Status400BadRequest,
            "Path validation error: 'Expected an IP address' on property id.",
            "invalid_uri"));

    private static IResult Write(IReadOnlyList<LoginBlock> blocks) =>
        Results.Json(new JsonObject { ["blocked_for"] = new JsonArray([.. blocks.Select(Write)]) });

    private static JsonObject Write(LoginBlock block)
    {
        var json = new JsonObject { ["identifier"] = block.Identifier };
        if (block.Address is { } address)
            json["ip"] = address;
        if (block.Connection is { } connection)
            json["connection"] = connection;
        return json;
    }
}
