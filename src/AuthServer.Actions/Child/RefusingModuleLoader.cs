using Jint;
using Jint.Runtime.Modules;

namespace AuthServer.Actions.Child;

/// <summary>Refuses <c>import()</c>: Actions are CommonJS.</summary>
internal sealed class RefusingModuleLoader : IModuleLoader
{
    public ResolvedSpecifier Resolve(string? referencingModuleLocation, ModuleRequest moduleRequest) =>
        throw new HostException(MessageOf(moduleRequest.Specifier));

    public Module LoadModule(Engine engine, ResolvedSpecifier resolved) =>
        throw new HostException(MessageOf(resolved.ModuleRequest.Specifier));

    public static string MessageOf(string name) =>
        $"import('{name}') is not available on this server: use require('{name}')";
}
