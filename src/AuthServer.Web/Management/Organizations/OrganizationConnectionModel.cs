using System.Text.Json.Nodes;
using AuthServer.Core.Organizations;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The members of an organization's connection, under its older and its newer address.</summary>
internal static class OrganizationConnectionModel
{
    /// <summary>At <c>enabled_connections</c>.</summary>
    public static ResourceSchema<OrganizationConnection> Older { get; } =
        Common(new ResourceSchema<OrganizationConnection>());

    /// <summary>At <c>connections</c>.</summary>
    public static ResourceSchema<OrganizationConnection> Newer { get; } =
        Common(new ResourceSchema<OrganizationConnection>())
            .Flag("is_enabled", c => c.IsEnabled, (c, v) => c.IsEnabled = v, reset: true)
            .Absent("organization_connection_name", "\"\"")
            .Absent("organization_access_level", "\"none\"");

    public static async Task<IEnumerable<JsonNode>> WriteAsync(
        IReadOnlyList<OrganizationConnection> items,
        ResourceSchema<OrganizationConnection> table,
        AuthDbContext db,
        CancellationToken ct)
    {
        var ids = items.Select(item => item.ConnectionId).ToList();
        var known = await db
            .Connections.AsNoTracking()
            .Where(c => ids.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, StringComparer.Ordinal, ct);
        return items.Select(item =>
        {
            var json = table.Write(item);
            json["connection"] = new JsonObject
            {
                ["name"] = known[item.ConnectionId].Name,
                ["strategy"] = known[item.ConnectionId].Strategy,
            };
            return json;
        });
    }

    /// <summary>
    /// Who makes an account there has to become a member by it, else they would stand before a closed door.
    /// </summary>
    public static ValidationError? Check(OrganizationConnection connection) =>
        connection is { IsSignupEnabled: true, AssignMembershipOnLogin: false }
            ? new ValidationError("Needs assign_membership_on_login", "is_signup_enabled")
            : null;

    private static ResourceSchema<OrganizationConnection> Common(ResourceSchema<OrganizationConnection> table) => table
        .AtCreate("connection_id", JsonValidators.Text, c => c.ConnectionId)
        .Flag("assign_membership_on_login", c => c.AssignMembershipOnLogin, (c, v) => c.AssignMembershipOnLogin = v)
        .Flag("show_as_button", c => c.ShowAsButton, (c, v) => c.ShowAsButton = v, reset: true)
        .Flag("is_signup_enabled", c => c.IsSignupEnabled, (c, v) => c.IsSignupEnabled = v);
}

/// <summary>Reads the connections of a new organization.</summary>
internal static class OrganizationConnectionBody
{
    /// <returns>The refusal; null when all were added.</returns>
    public static async Task<ManagementError?> AddAsync(
        System.Text.Json.JsonElement list, Organization organization, AuthDbContext db, CancellationToken ct)
    {
        foreach (var element in list.EnumerateArray())
        {
            if (JsonValidators.ObjectOf("connection_id", JsonValidators.Text)(element) is { } mistyped)
                return ManagementError.InvalidBody(new ValidationError(mistyped, "enabled_connections"));
            if (!element.TryGetProperty("connection_id", out var id))
                return ManagementError.InvalidBody(
                    ValidationError.Missing("connection_id").Under("enabled_connections"));
            var enabled = new OrganizationConnection
            {
                OrganizationId = organization.Id,
                ConnectionId = id.GetString()!,
            };
            if ((
                    OrganizationConnectionModel.Older.Apply(element, enabled, Change.Create)
                    ?? OrganizationConnectionModel.Check(enabled)) is
                { } problem)
                return ManagementError.InvalidBody(problem.Under("enabled_connections"));
            if (organization.Enabled(enabled.ConnectionId) is not null)
                return ManagementError.InvalidBody(
                    new ValidationError("A connection is named twice", "enabled_connections"));
            if (!await db.Connections.AnyAsync(c => c.Id == enabled.ConnectionId, ct))
                return Connections.ConnectionEndpoints.Missing;
            organization.Connections.Add(enabled);
        }

        return null;
    }
}
