using System.Text.Json.Nodes;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>The roles of a user, with buttons that add and remove one.</summary>
/// <param name="Roles">Those that the user has.</param>
/// <param name="Others">Those that the user lacks.</param>
/// <param name="MayAssign">Whether one of the others may be added.</param>
/// <param name="MayRemove">Whether one may be removed.</param>
internal sealed record RoleList(
    IReadOnlyList<JsonObject> Roles, IReadOnlyList<JsonObject> Others, bool MayAssign, bool MayRemove);
