using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Actions;

/// <summary>Which Actions a list shows.</summary>
internal sealed record ActionFilter
{
    public string? TriggerId { get; init; }

    public string? Name { get; init; }

    public bool? IsDeployed { get; init; }

    /// <summary>Actions of integrations: there are none here.</summary>
    public bool MatchesNone { get; init; }

    public static ValueTask<ActionFilter?> BindAsync(HttpContext http) => ValueTask.FromResult<ActionFilter?>(
        new ActionFilter
        {
            TriggerId = Query.Text(http, "triggerId"),
            Name = Query.Text(http, "actionName"),
            IsDeployed = Query.Flag(http, "deployed"),
            MatchesNone = Query.Flag(http, "installed") is true,
        });

    public IQueryable<ActionDefinition> Apply(IQueryable<ActionDefinition> actions)
    {
        if (TriggerId is { } trigger)
            actions = actions.Where(a => a.TriggerId == trigger);
        if (Name is { } name)
            actions = actions.Where(a => a.Name == name);
        if (IsDeployed is { } isDeployed)
            actions = actions.Where(a => (a.DeployedVersionId != null) == isDeployed);
        return MatchesNone ? actions.Where(_ => false) : actions;
    }
}
