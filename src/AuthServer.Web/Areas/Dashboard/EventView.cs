using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AuthServer.Core.Logs;
using AuthServer.Web.Branding;
using AuthServer.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>An event of the audit log, in words.</summary>
internal sealed record EventView(JsonObject Json)
{
    private static readonly Regex Operation = new(
        "^(?<method>[A-Z]+) /api/v2/(?<resource>[a-z-]+)(?<rest>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromMilliseconds(100));

    public string Id => (string)Json["log_id"]!;

    public string Type => (string)Json["type"]!;

    public string Date => (string)Json["date"]!;

    /// <summary>Something was refused or failed.</summary>
    public bool IsRefusal =>
        LogEventTypes.RefusalCodes.Contains(Type, StringComparer.Ordinal)
        || Type == LogEventTypes.RefreshTokenReuse.Code
        || Type == LogEventTypes.FailedEmail.Code
        || Type.EndsWith("failed", StringComparison.Ordinal);

    public string? UserId => (string?)Json["user_id"];

    /// <summary>Of the Actions that failed or denied; null for other events.</summary>
    public string? ExecutionId =>
        Json["details"]?["actions"]?["executions"] is JsonArray { Count: > 0 } executions
            ? (string?)executions[0]
            : null;

    public string? ClientId => (string?)Json["client_id"];

    public string User => Text("user_name") is { Length: > 0 } name ? name : Text("user_id");

    public string Application => Text("client_name") is { Length: > 0 } name ? name : Text("client_id");

    public string Address => Text("ip");

    public string Description => Text("description");

    /// <summary>What happened.</summary>
    public string In(IStringLocalizer<Texts> texts)
    {
        var isRefused = Type == LogEventTypes.FailedApiOperation.Code;
        if (Type != LogEventTypes.ApiOperation.Code && !isRefused)
            return texts["Dashboard.Event." + Type] is { ResourceNotFound: false } known ? known : Description;
        var said = OperationIn(texts);
        return isRefused ? texts["Dashboard.Event.fapi", said] : said;
    }

    /// <summary>An operation of the Management API is described by its method and route.</summary>
    private string OperationIn(IStringLocalizer<Texts> texts)
    {
        if (Operation.Match(Description) is not { Success: true, Groups: var parts })
            return Description.Length > 0 ? Description : texts["Dashboard.Event.sapi"];
        var resource = texts["Dashboard.Event.Of." + parts["resource"].Value];
        var rest = parts["rest"].Value;
        var verb = (parts["method"].Value, rest) switch
        {
            ("POST", "" or "/actions") => "Created",
            ("DELETE", "/{id}" or "/actions/{id}") => "Deleted",
            ("GET", _) => "Shown",
            _ => "Changed",
        };
        return texts["Dashboard.Event." + verb, resource.ResourceNotFound ? parts["resource"].Value : resource.Value];
    }

    private string Text(string member) => DisplayText.Of((string?)Json[member] ?? "");
}
