import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components'

interface TabsProps<T extends string> {
  label: string
  tabs: readonly { id: T; title: ReactNode; content: ReactNode }[]
  value: T
  onChange: (value: T) => void
  inset?: boolean
}

/** Parts of one object, one shown at a time; the panel fills what is left. */
export function Tabs<T extends string>({ label, tabs, value, onChange, inset }: TabsProps<T>) {
  return (
    <AriaTabs
      selectedKey={value}
      onSelectionChange={(key) => {
        const tab = tabs.find((each) => each.id === key)
        if (tab !== undefined) onChange(tab.id)
      }}
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <TabList aria-label={label} className={`tablist ${inset ? 'px-1.5 tablet:px-[14px]' : 'px-1'}`}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id}>
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="flex min-h-0 flex-1 flex-col overflow-auto">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
