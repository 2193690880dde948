using AuthServer.Core.Model;

namespace AuthServer.Core.Actions;

/// <summary>Stores executions.</summary>
public interface IActionExecutionStore
{
    Task AddAsync(ActionExecution execution, CancellationToken ct);
}
